const by = (id) => document.getElementById(id);

setTimeout(() => { by('later').disabled = false; }, 300);
by('later').addEventListener('click', () => { by('alert').textContent = `Hello ${by('name').value}`; });

let count = 0;
by('count').addEventListener('click', () => { by('counted').textContent = `counted ${++count}`; });

by('toggle').addEventListener('click', (event) => event.target.setAttribute('aria-pressed', 'true'));

const start = Date.now();
const ticking = setInterval(() => {
  const left = 60 - Math.floor((Date.now() - start) / 1000);
  by('clock').textContent = left > 0 ? `${left} s left` : 'over';
  if (left <= 0) clearInterval(ticking);
}, 1000);

const shadow = by('host').attachShadow({ mode: 'open' });
const heading = document.createElement('h2');
heading.textContent = 'In the shadow';
const label = document.createElement('label');
label.textContent = 'Secret name';
const field = label.appendChild(document.createElement('input'));
const button = document.createElement('button');
button.textContent = 'Whisper';
button.addEventListener('click', () => { heading.textContent = `Psst, ${field.value}`; });
shadow.append(heading, label, button);

if (location.search === '?violation') {
  const style = document.createElement('style');
  style.textContent = 'body { color: red }';
  document.head.append(style);
}
if (location.search === '?error') throw new Error('on purpose');
