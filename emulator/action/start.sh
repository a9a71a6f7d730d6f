# Starts the emulator that is installed below RUNNER_TEMP, and waits until it listens. What the action's inputs say comes
# in variables, so that nothing of them is read as code.
set -euo pipefail

folder="$RUNNER_TEMP/okta-emulator"
arguments=(--control --port "$PORT")
for origin in $PAGE_ORIGINS; do arguments+=(--page-origin "$origin"); done
if [ -n "$CONFIG" ]; then arguments+=(--config "$CONFIG"); fi

# Its output goes to a file: a step waits for everything that holds its output open.
nohup "$folder/node_modules/.bin/okta-emulator" "${arguments[@]}" > "$folder/output" 2>&1 < /dev/null &
process=$!

for _ in $(seq 150); do
  url="$(sed -n 's/^emulator listening on //p' "$folder/output")"
  if [ -n "$url" ]; then
    echo "url=$url" >> "$GITHUB_OUTPUT"
    echo "The org listens on $url"
    exit 0
  fi
  if ! kill -0 "$process" 2> /dev/null; then break; fi
  sleep 0.2
done
cat "$folder/output" >&2
echo "The emulator did not start." >&2
exit 1
