#!/bin/sh
# See to the system libraries that Qt needs on Debian and Ubuntu, and to Python's venv.
# As root they are installed; otherwise the exact command is printed and the run stops. Elsewhere: nothing to do.
set -eu
command -v apt-get >/dev/null 2>&1 || exit 0
packages="libglib2.0-0 libegl1 libgl1 libdbus-1-3 libfontconfig1 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 \
libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1 \
fonts-noto-core"
python3 -c 'import ensurepip, venv' 2>/dev/null || packages="$packages python3-venv"
missing=""
for package in $packages; do
    # Newer releases give some libraries the ending t64 (64-bit time).
    state=$(dpkg-query -W -f '${db:Status-Status} ' "$package" "${package}t64" 2>/dev/null || true)
    case " $state" in *" installed "*) ;; *) missing="$missing $package" ;; esac
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    echo "Installing system libraries:$missing"
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "Some system libraries are missing. Please run this command, then try again:" >&2
    echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing" >&2
    exit 1
fi
