set -eu
mkdir python-libraries python-library
cp "$(python3 -c 'import os, sys; print(os.path.realpath(sys.executable))')" .
D=$(python3 -c 'import os; print(os.path.dirname(os.__file__))')
mkdir python-library/python3.11 && (cd $D && tar cf - --exclude=site-packages --exclude=test --exclude=idlelib --exclude=lib2to3 --exclude=tkinter --exclude=ensurepip --exclude='*.a' .) | tar xf - -C python-library/python3.11
cp $(ldd python3.* | sed -n 's/.* => \(\/[^ ]*\).*/\1/p') python-libraries
