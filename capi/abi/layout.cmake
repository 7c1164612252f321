# cmake -DHEADER=chainqual.h -DOUTPUT=layout.c -P layout.cmake: a program that prints the value of every constant and the
# place and size of every member that the header has. Compiled against the first header and against the last one, it must
# print the same: nothing that a program was built with has moved.
file(READ ${HEADER} text)
string(REGEX REPLACE "/\\*([^*]|\\*+[^*/])*\\*+/" "" text "${text}")
set(lines "")

string(REGEX MATCHALL "CHAINQUAL_[A-Z0-9_]+ = " constants "${text}")
foreach(constant IN LISTS constants)
  string(REPLACE " = " "" constant "${constant}")
  string(APPEND lines "  CONSTANT(${constant});\n")
endforeach()

string(REPLACE ";" "@" text "${text}")  # lists of CMake's end their entries with it
string(REGEX MATCHALL "typedef struct chainqual_[a-z0-9_]+ {[^}]*}" structs "${text}")
foreach(struct IN LISTS structs)
  string(REGEX REPLACE "typedef struct (chainqual_[a-z0-9_]+) {.*" "\\1" name "${struct}")
  string(REGEX REPLACE "^[^{]*{(.*)}$" "\\1" body "${struct}")
  string(REGEX REPLACE "\\[[^]]*\\]" "" body "${body}")
  string(REPLACE "@" ";" members "${body}")
  foreach(member IN LISTS members)
    if(member MATCHES "\\(\\*([a-z0-9_]+)\\)")
      string(APPEND lines "  MEMBER(${name}, ${CMAKE_MATCH_1});\n")
    elseif(member MATCHES "([a-z0-9_]+)[ \n]*$")
      string(APPEND lines "  MEMBER(${name}, ${CMAKE_MATCH_1});\n")
    endif()
  endforeach()
endforeach()
file(WRITE ${OUTPUT} "#include <chainqual.h>
#include <stdio.h>

#define CONSTANT(name) printf(\"%s %d\\n\", #name, (int)name)
#define MEMBER(type, member) \\
  printf(\"%s.%s at %u, %u bytes\\n\", #type, #member, (unsigned)offsetof(type, member), (unsigned)sizeof(((type*)0)->member))

int main(void) {
${lines}  return 0;
}
")
