#include "program.hpp"

int main(int argc, char** argv) {
  return chainqual::cli::program(argc, argv);
}
