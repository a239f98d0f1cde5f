#!/bin/sh
# Takes the pictures of the documents from a fresh demo. Needs what ./carillon test needs, Chromium
# included, and the JDK 25 in JAVA_HOME or in PATH.
#
#   docs/screenshots/take.sh [PORT]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
home=$(cd "$here/../.." && pwd)
port=${1:-18080}
log=$(mktemp)

"$home/carillon" build
"$home/carillon" demo --port "$port" >"$log" 2>&1 &
demo=$!
trap 'kill "$demo" 2>/dev/null || true; rm -f "$log"' EXIT
until grep -q '^Log in as admin' "$log"; do
  kill -0 "$demo" 2>/dev/null || { cat "$log" >&2; exit 1; }
  sleep 1
done
password=$(sed -n 's/^Log in as admin with the password //p' "$log")

# Java runs the picture taker from its source, with the classes of the server's tests.
cd "$home"
mvn -q -B -ntp -Dspotless.check.skip=true test-compile dependency:build-classpath -pl server -am \
  -DincludeScope=test -Dmdep.outputFile=target/test.classpath
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "server/target/test-classes:$(cat server/target/test.classpath)" \
  server/src/test/java/dev/carillon/server/screenshots/Screenshots.java \
  "http://localhost:$port" "$password" "$here"
