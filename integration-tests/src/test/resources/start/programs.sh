set -eu
echo 'int answer(void) { return 42; }' >answer.c
echo 'int answer(void); int main(void) { return answer() - 42; }' >asks.c
echo 'int main(void) { return 0; }' >alone.c
gcc -shared -fPIC -o libanswer.so -Wl,-soname,libanswer.so answer.c
gcc -o asks asks.c -L. -lanswer
gcc -static -o alone alone.c
gcc -static-pie -o alonepie alone.c
gcc -o plain alone.c
gcc -pie -o pie alone.c
gcc -no-pie -o nopie alone.c
echo 'void _start(void) { __asm__("movl $60,%eax; xorl %edi,%edi; syscall"); }' >start.c
gcc -nostdlib -static -o bare start.c
gcc -mx32 -nostdlib -static -o bare-x32 start.c || cp bare bare-x32
musl-gcc -static -o musl-alone alone.c
musl-gcc -o musl-plain alone.c
for m in 050:arm 267:aarch64 363:riscv 026:s390 025:ppc64; do
  cp plain other-${m#*:}; printf "\\${m%:*}" | dd of=other-${m#*:} bs=1 seek=18 conv=notrunc 2>/dev/null
  cp alone static-${m#*:}; printf "\\${m%:*}" | dd of=static-${m#*:} bs=1 seek=18 conv=notrunc 2>/dev/null
done
cp alone static-unknown; printf '\171\001' | dd of=static-unknown bs=1 seek=18 conv=notrunc 2>/dev/null
cp alone bigendian; printf '\002' | dd of=bigendian bs=1 seek=5 conv=notrunc 2>/dev/null
