#!/usr/bin/env bash
# Build the node and print its folder: build.sh. Does nothing when this source was built before.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
for tool in java javac jar mvn; do
  command -v "$tool" >/dev/null || { "$root/tools/apt.sh" default-jdk-headless maven >&2; break; }
done
source=$(cd "$here" && find build.sh java.args pom.xml src -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-12)
home="$root/var/search-node/$source"
mkdir -p "$root/var/search-node"
# Two test runs that start at once build one after the other.
exec 9>"$root/var/search-node/.lock"
flock 9
if [ ! -e "$home/built" ]; then
  echo "Building the search node for tests (about a minute, once)" >&2
  rm -rf "$root"/var/search-node/*/
  mkdir -p "$home/classes/main" "$home/classes/plugin" "$home/config" "$home/modules/search-node"
  mvn -q -B -Dstyle.color=never -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$home/lib" >&2
  javac -nowarn -XDsuppressNotes --release 17 -cp "$home/lib/*" -d "$home/classes/main" "$here"/src/main/*.java >&2
  javac -nowarn -XDsuppressNotes --release 17 -cp "$home/lib/*" -d "$home/classes/plugin" "$here"/src/plugin/*.java >&2
  jar --create --file "$home/search-node.jar" -C "$home/classes/main" .
  jar --create --file "$home/modules/search-node/plugin.jar" -C "$home/classes/plugin" .
  cat > "$home/modules/search-node/plugin-descriptor.properties" <<'DESCRIPTOR'
name=search-node
description=transport, HTTP and tokenizer of a node alone
version=1
elasticsearch.version=8.19.3
java.version=17
classname=searchnode.NodePlugin
DESCRIPTOR
  cat > "$home/config/log4j2.properties" <<'LOGGING'
status=error
appender.console.type=Console
appender.console.name=console
appender.console.layout.type=PatternLayout
appender.console.layout.pattern=[%d{ISO8601}][%-5p][%-25c{1.}] %m%n
rootLogger.level=${sys:node.log:-warn}
rootLogger.appenderRef.console.ref=console
LOGGING
  : > "$home/config/elasticsearch.yml"
  cp "$here/java.args" "$home/java.args"
  # What it loads is kept as the machine has it in memory: every later start takes half as long. It ends when READY is read.
  cd "$home"
  mkdir learning
  (until grep -q READY learning/log 2>/dev/null || [ -e learning/ended ]; do sleep 0.2; done) | {
    java -Xms512m -Xmx512m -XX:ArchiveClassesAtExit=classes.jsa -Djava.io.tmpdir=learning @java.args SearchNode "$home" 0 learning tied >learning/log || cat learning/log >&2
    touch learning/ended
  }
  rm -rf learning
  touch "$home/built"
fi
echo "$home"
