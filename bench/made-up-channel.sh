#!/bin/sh
# Adds a channel and a provider that do not exist to a copy of the program, builds it, sends a
# campaign on the channel, and lists the files that it took. A part of ./carillon test.
set -eu
cd "$(dirname "$0")/.."
exec ./carillon test -q -pl bench -am -Dtest=MadeUpChannelTest -Dsurefire.failIfNoSpecifiedTests=false "$@"
