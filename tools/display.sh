#!/bin/sh
# Stop with a clear word where there is no display to open a window on.
case "$(uname -s)" in
    Darwin | MINGW* | MSYS*) exit 0 ;;
esac
if [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
    echo "There is no display here, so no window can open. 'make demo' shows the program without one." >&2
    exit 1
fi
