set -eu
mkdir node-libraries
cp $(ldd /usr/bin/node | sed -n 's/.* => \(\/[^ ]*\).*/\1/p') node-libraries
cp /usr/bin/node .
if [ -d /usr/lib/node_modules/npm ]; then cp -a /usr/lib/node_modules/npm .; fi
