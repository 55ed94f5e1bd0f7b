echo '#include <iostream>
int main() { try { throw 1; } catch (int) { std::cout << "x"; } }' >cpp.cc
g++ -o cpp cpp.cc
g++ -static-libstdc++ -static-libgcc -o cpp-static-lib cpp.cc
g++ -static -o cpp-static cpp.cc
