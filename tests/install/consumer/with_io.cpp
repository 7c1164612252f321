#include <chainqual/io/chain_folder.hpp>
#include <iostream>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::cout << chainqual::read_chain(argv[1]).dossier.info.name << '\n';
}
