set -eu
echo 'int main(void) { return 0; }' >alone.c
gcc -static -o alone alone.c
mkdir node-libraries python-libraries python-library
libraries() { ldd "$@" | sed -n 's/.* => \(\/[^ ]*\).*/\1/p' | grep -v '/libj' | sort -u; }
cp $(libraries /usr/bin/node) node-libraries
cp "$(python3 -c 'import os, sys; print(os.path.realpath(sys.executable))')" .
D=$(python3 -c 'import os; print(os.path.dirname(os.__file__))')
mkdir python-library/python3.11 && (cd $D && tar cf - --exclude=site-packages --exclude=test --exclude='*.a' .) | tar xf - -C python-library/python3.11
cp $(libraries python3.*) python-libraries
