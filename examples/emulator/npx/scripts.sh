# What needs no running org.
set -euo pipefail

npx okta-emulator --version
npx okta-emulator --list-users | grep ada.byron
