gcc -m32 -o plain32 alone.c
gcc -m32 -static -o alone32 alone.c
gcc -m32 -shared -fPIC -o libanswer32.so -Wl,-soname,libanswer.so answer.c
gcc -m32 -o asks32 asks.c libanswer32.so
cp alone32 static-arm32; printf '\050' | dd of=static-arm32 bs=1 seek=18 conv=notrunc 2>/dev/null
