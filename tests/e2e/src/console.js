// Notes what a console would have: what scripts write, errors that nobody catches, and violations of the page's policy.
// The notes are kept in the window's name, because nothing else of a page outlasts it without being on the device.
const note = (level, source, message) => {
  const lines = JSON.parse(window.name.startsWith('[') ? window.name : '[]');
  window.name = JSON.stringify([...lines, { level, source, message }]);
};
const text = (value) => (value instanceof Error ? `${value}\n${value.stack}` : String(value));
const levels = { error: 'SEVERE', warn: 'WARNING', info: 'INFO', log: 'INFO' };
for (const [method, level] of Object.entries(levels)) {
  const real = console[method].bind(console);
  console[method] = (...values) => {
    note(level, 'console-api', values.map(text).join(' '));
    real(...values);
  };
}
if (window === window.top) {
  addEventListener('error', (event) => {
    if (event instanceof ErrorEvent) note('SEVERE', 'javascript', `${event.message} ${text(event.error)}`);
  });
  addEventListener('unhandledrejection', ({ reason }) => note('SEVERE', 'javascript', `Unhandled rejection: ${text(reason)}`));
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
    note('SEVERE', 'security', `Content Security Policy: ${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`));
}
