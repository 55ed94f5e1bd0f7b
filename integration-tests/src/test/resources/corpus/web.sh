# Makes what the web server of the tests serves, in the current directory.
file() { # PATH TEXT
  mkdir -p "$(dirname "$1")"
  printf '%s\n' "$2" >"$1"
}
file f.txt file
file other/f.txt 'other file'
file 'a b.txt' blank
file index index
file dir/index 'index of a directory'
: >empty
head -c 300000 /dev/zero | tr '\0' x >large
file t/d/f 'in an archive'
ln -s d/f t/l
chmod 711 t/d
find t -exec touch -h -d '2002-02-02 02:02:02Z' {} +
tar --owner=3 --group=4 --numeric-owner --sort=name -cf archive.tar -C t .
gzip -nk archive.tar
file c/Dockerfile 'FROM scratch'
printf 'COPY . /x\n' >>c/Dockerfile
file c/f 'of a context'
file c/sub/Dockerfile 'FROM scratch'
printf 'COPY f /y\n' >>c/sub/Dockerfile
file c/sub/f 'of a directory of a context'
find c -exec touch -h -d '2002-02-02 02:02:02Z' {} +
tar --owner=3 --group=4 --numeric-owner --sort=name -cf context.tar -C c .
gzip -nk context.tar
printf 'FROM scratch\nWORKDIR /w\n' >Dockerfile.remote
find . -depth -exec touch -h -d '2003-03-03 03:03:03Z' {} +

publish() { # A repository's working directory, as files alone
  git clone --quiet --bare "$1" "$1.git"
  git -C "$1.git" update-server-info
}
commit() { # DIRECTORY MESSAGE
  git -C "$1" add --all
  git -C "$1" commit --quiet --message="$2"
}

mkdir inner module modules attributes repo
git init --quiet --initial-branch=main inner
file inner/i 'in the inner module'
commit inner inner
publish inner

git init --quiet --initial-branch=main module
file module/m 'in the module'
file module/deep/m 'deep in the module'
git -C module -c protocol.file.allow=always submodule --quiet add "$PWD/inner.git" within
git -C module config --file .gitmodules submodule.within.url ../inner.git
commit module module
publish module

git init --quiet --initial-branch=main modules
file modules/f f
git -C modules -c protocol.file.allow=always submodule --quiet add "$PWD/module.git" part/module
git -C modules config --file .gitmodules submodule.part/module.url ../module.git
commit modules modules
publish modules

git init --quiet --initial-branch=main attributes
file attributes/.gitattributes 'crlf.txt text eol=crlf'
printf 'left.out export-ignore\nid.txt ident\n' >>attributes/.gitattributes
file attributes/crlf.txt lines
file attributes/id.txt '$Id$'
file attributes/left.out 'ignored by exports'
git -C attributes config core.safecrlf false
commit attributes attributes
publish attributes

git init --quiet --initial-branch=main repo
file repo/f first
file repo/sub/f 'first in sub'
file repo/sub/deep/g deep
commit repo first
git -C repo tag light
file repo/f second
file repo/run.sh 'echo hello'
chmod 755 repo/run.sh
ln -s sub/f repo/link
ln -s sub repo/linked
file repo/café.txt 'not ASCII'
file repo/.dockerignore run.sh
file repo/Dockerfile 'FROM scratch'
printf 'COPY . /x\n' >>repo/Dockerfile
file repo/sub/Dockerfile 'FROM scratch'
printf 'COPY f /sub-f\n' >>repo/sub/Dockerfile
commit repo second
git -C repo tag --annotate --message=v1 v1
git -C repo branch both
git -C repo checkout --quiet -b side light
file repo/side 'of a branch'
commit repo side
git -C repo tag both
git -C repo checkout --quiet main
publish repo
git -C repo.git update-ref refs/pull/1/head side
git -C repo.git update-server-info
rm -r inner module modules attributes repo
