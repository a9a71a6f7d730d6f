# Starts an org, signs in, and stops it: the commands of docs/emulator/npx.md.
set -euo pipefail

npx okta-emulator --port 8091 --page-origin http://localhost:3000 --control &
curl --retry 50 --retry-connrefused --retry-delay 1 --silent http://localhost:8091/control/clock

curl --silent http://localhost:8091/api/v1/authn \
  --header 'Content-Type: application/json' \
  --data '{"username": "ada.byron", "password": "Analytical1843"}' | tee answer.json

kill %1
wait %1 || true

grep --quiet '"status":"SUCCESS"' answer.json
rm answer.json
