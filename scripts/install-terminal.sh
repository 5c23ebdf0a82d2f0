#!/bin/sh
# Installs, updates and removes the firmware of a Hymiö terminal on Raspberry Pi OS or Debian.
# Run it from the unpacked archive that scripts/pack-terminal.mjs makes. docs/raspberry-pi.md tells the whole story.
set -eu
umask 022

usage() {
  cat <<'END'
Usage: install-terminal.sh [options]
  --terminal ID   id of this terminal, for a new /etc/hymio/terminal.yaml
  --broker URL    broker of the gateway, such as mqtts://gateway.example:8883, for a new /etc/hymio/terminal.yaml
  --panel TYPE    kind of its panel (docs/wiring.md), for a new /etc/hymio/terminal.yaml
  --modules DIR   take node_modules from DIR, made by an installation on a like machine, and fetch nothing
  --rollback      go back to the release before this one
  --uninstall     remove the firmware; the journal, the settings and the user stay
  --root DIR      install into the file system below DIR (an image); nothing is started
  --dry-run       only say what would be done
  --help          this text
Run again with a newer archive it updates: settings and journal stay, and where the new release does not come up, the old
one is put back.
END
}

SERVICE=hymio-terminal
HERE=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
ACTION=install
ROOT=
DRY=
TERMINAL=
BROKER=
PANEL=
MODULES=

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "install-terminal: $1"
  [ $# -lt 2 ] || say "  $2"
  exit 1
}

# Does something, or says that it would.
run() {
  if [ -n "$DRY" ]; then
    say "would run: $*"
  else
    "$@"
  fi
}

read_options() {
  while [ $# -gt 0 ]; do
    case $1 in
      --terminal | --broker | --panel | --modules | --root)
        [ $# -ge 2 ] || fail "$1 needs a value" "See --help."
        case $1 in
          --terminal) TERMINAL=$2 ;;
          --broker) BROKER=$2 ;;
          --panel) PANEL=$2 ;;
          --modules) MODULES=$2 ;;
          --root) ROOT=${2%/} ;;
        esac
        shift
        ;;
      --rollback) ACTION=rollback ;;
      --uninstall) ACTION=uninstall ;;
      --dry-run) DRY=yes ;;
      --help)
        usage
        exit 0
        ;;
      *) fail "unknown option $1" "See --help." ;;
    esac
    shift
  done
}

set_places() {
  OPT=$ROOT/opt/hymio-terminal
  BIN=$ROOT/usr/local/bin
  CONFIG=$ROOT/etc/hymio
  UNITS=$ROOT/etc/systemd/system
  RULES=$ROOT/etc/udev/rules.d
  USERS=$ROOT/etc/sysusers.d
}

# True where this very system is meant, so that services can be started.
is_live() { [ -z "$ROOT" ] && [ -d /run/systemd/system ]; }

check_user() {
  [ -n "$DRY" ] || [ "$(id -u)" -eq 0 ] || fail 'this must run as root' "Try: sudo $0"
}

check_machine() {
  [ "$(uname -s)" = Linux ] || fail "this is $(uname -s), not Linux" 'Run it on the terminal itself.'
  case $(uname -m) in
    aarch64 | armv7l | armv8l | x86_64) ;;
    armv6l) fail 'this processor (armv6l) has no Node 20' 'Use a Raspberry Pi 3, 4, 5 or Zero 2 W.' ;;
    *) fail "nobody has tried $(uname -m)" 'Use a Raspberry Pi 3, 4, 5 or Zero 2 W, or a PC.' ;;
  esac
  command -v systemd-sysusers >/dev/null || fail 'systemd-sysusers is missing' 'Raspberry Pi OS and Debian have it in the package systemd.'
}

check_node() {
  advice='Debian 13: apt-get install nodejs npm. Debian 12: see docs/raspberry-pi.md.'
  command -v node >/dev/null || fail 'Node is not installed' "$advice"
  version=$(node --version)
  major=${version#v}
  minor=${major#*.}
  major=${major%%.*}
  minor=${minor%%.*}
  if [ "$major" -lt 20 ] || { [ "$major" -eq 20 ] && [ "$minor" -lt 19 ]; }; then
    fail "Node $version is too old; 20.19 is needed" "$advice"
  fi
  [ -n "$MODULES" ] || command -v npm >/dev/null || fail 'npm is not installed' "$advice"
}

check_archive() {
  [ -f "$HERE/release" ] || fail "$HERE is not an unpacked archive" 'Make one with: node scripts/pack-terminal.mjs'
  [ -z "$MODULES" ] || [ -d "$MODULES/better-sqlite3" ] || fail "$MODULES is no node_modules folder of a terminal"
  RELEASE=$(cat "$HERE/release")
}

warn_of_old_debian() {
  release=$ROOT/etc/os-release
  [ -f "$release" ] || return 0
  debian=$(sed -n 's/^VERSION_ID="\{0,1\}\([0-9]*\).*/\1/p' "$release")
  [ "${debian:-13}" -ge 13 ] || say "Note: Debian $debian has no libgpiod 2: panels on the Pi's own pins need Debian 13."
}

fetch_modules() { (cd "$1" && npm ci --omit=dev --no-audit --no-fund --loglevel=error); }

# Everything is made beside its place and put there by one rename: a cut at any moment leaves the old or the new.
install_release() {
  target=$OPT/releases/$RELEASE
  if [ -d "$target" ]; then
    say "Release $RELEASE is there already."
    return 0
  fi
  part=$OPT/releases/.$RELEASE.part
  run rm -rf "$part"
  run mkdir -p "$part"
  run cp -R "$HERE/." "$part/"
  if [ -n "$MODULES" ]; then
    run cp -R "$MODULES" "$part/node_modules"
  else
    say 'Fetching what the firmware needs (npm ci); where SQLite must be compiled, this takes minutes …'
    run fetch_modules "$part"
  fi
  run node "$part/device/dist/cli/main.js" --version >/dev/null || fail 'the new release does not start' 'Nothing was changed.'
  run sync
  run mv -T "$part" "$target"
}

point() { # link, target
  run ln -sfn "$2" "$1.new"
  run mv -fT "$1.new" "$1"
}

switch_release() {
  before=$(readlink "$OPT/current" || true)
  [ "$before" = "releases/$RELEASE" ] && return 0
  [ -z "$before" ] || point "$OPT/previous" "$before"
  point "$OPT/current" "releases/$RELEASE"
}

forget_old_releases() {
  for folder in "$OPT"/releases/* "$OPT"/releases/.*.part; do
    [ -d "$folder" ] || continue
    name=releases/$(basename "$folder")
    case $name in
      "$(readlink "$OPT/current")" | "$(readlink "$OPT/previous" || true)") ;;
      *) run rm -rf "$folder" ;;
    esac
  done
}

install_system_files() {
  systemd=$HERE/device/systemd
  run mkdir -p "$BIN" "$CONFIG" "$UNITS" "$RULES" "$USERS"
  run ln -sfn ../../../opt/hymio-terminal/current/device/dist/cli/main.js "$BIN/hymio-terminal"
  run install -m 644 "$systemd/hymio-terminal.sysusers" "$USERS/hymio-terminal.conf"
  run systemd-sysusers ${ROOT:+"--root=$ROOT"} hymio-terminal.conf
  run install -m 644 "$systemd/99-hymio.rules" "$RULES/99-hymio.rules"
  run install -m 644 "$systemd/hymio-terminal.service" "$UNITS/$SERVICE.service"
  if [ "$(systemd_version)" -ge 254 ]; then
    run mkdir -p "$UNITS/$SERVICE.service.d"
    run install -m 644 "$systemd/restart-backoff.conf" "$UNITS/$SERVICE.service.d/restart-backoff.conf"
  fi
}

systemd_version() { systemctl --version | sed -n '1s/^systemd \([0-9]*\).*/\1/p'; }

install_config() {
  file=$CONFIG/terminal.yaml
  if [ -e "$file" ]; then
    say "Settings stay as they are: $file"
    return 0
  fi
  if [ -n "$DRY" ]; then
    say "would write: $file"
    return 0
  fi
  # The group's number from the file system that is installed into.
  group=$(sed -n 's/^hymio-terminal:[^:]*:\([0-9]*\):.*/\1/p' "$ROOT/etc/group")
  sed -e "s|@TERMINAL@|$(escape "${TERMINAL:-SET-ME}")|g" -e "s|@BROKER@|$(escape "${BROKER:-SET-ME}")|g" \
    -e "s|@PANEL@|$(escape "${PANEL:-SET-ME}")|g" "$HERE/device/systemd/terminal.yaml" >"$file.new"
  chown "0:$group" "$file.new"
  chmod 640 "$file.new"
  mv -f "$file.new" "$file"
}

# For the right side of sed's s|…|…|.
escape() { printf '%s' "$1" | sed 's/[\\&|]/\\&/g'; }

config_is_valid() { node "$OPT/current/device/dist/cli/main.js" check-config --config "$CONFIG/terminal.yaml" >&2; }

# A container has no udev of its own.
reload_device_rules() {
  command -v udevadm >/dev/null || return 0
  run udevadm control --reload || say 'udev does not answer: the rules for panels count from the next boot on.'
  run udevadm trigger --subsystem-match=tty --subsystem-match=gpio --subsystem-match=usb
}

start_service() {
  run systemctl ${ROOT:+"--root=$ROOT"} enable "$SERVICE.service"
  if [ -z "$DRY" ] && ! config_is_valid; then
    say "The settings are not complete. Edit $CONFIG/terminal.yaml, then: systemctl restart $SERVICE"
    return 0
  fi
  is_live || return 0
  run systemctl daemon-reload
  reload_device_rules
  # Returns once presses are taken, or failed to be.
  run systemctl restart "$SERVICE.service" && return 0
  say "Release $RELEASE does not come up: journalctl -u $SERVICE"
  [ -e "$OPT/previous" ] || exit 1
  roll_back
  fail 'the update was taken back'
}

roll_back() {
  now=$(readlink "$OPT/current" || true)
  before=$(readlink "$OPT/previous" || true)
  [ -d "$OPT/${before:-none}" ] || fail 'there is no earlier release here' 'Install its archive instead.'
  point "$OPT/current" "$before"
  point "$OPT/previous" "$now"
  say "Back to ${before#releases/}."
  if is_live; then run systemctl restart "$SERVICE.service"; fi
}

install_all() {
  check_machine
  check_node
  check_archive
  warn_of_old_debian
  install_release
  switch_release
  install_system_files
  install_config
  start_service
  if [ -n "$DRY" ]; then
    say "Nothing was done. Release $RELEASE could be installed here."
    return 0
  fi
  forget_old_releases
  say "Installed: release $RELEASE"
}

uninstall() {
  if is_live; then
    run systemctl disable --now "$SERVICE.service" || say 'The service was not there.'
  else
    run systemctl ${ROOT:+"--root=$ROOT"} disable "$SERVICE.service" || say 'The service was not there.'
  fi
  run rm -rf "$OPT" "$UNITS/$SERVICE.service.d"
  run rm -f "$BIN/hymio-terminal" "$UNITS/$SERVICE.service" "$RULES/99-hymio.rules" "$USERS/hymio-terminal.conf"
  if is_live; then run systemctl daemon-reload; fi
  say "Removed. What stays: $ROOT/var/lib/hymio-terminal (the journal), $CONFIG (settings), the user hymio-terminal."
}

read_options "$@"
set_places
check_user
case $ACTION in
  install) install_all ;;
  rollback) roll_back ;;
  uninstall) uninstall ;;
esac
