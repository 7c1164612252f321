# cmake -DHEADER=chainqual.h -DOUTPUT=witness.c -P witness.cmake: every function that the header declares, with an empty
# body. What a compiler makes of it with debugging information holds the interface and nothing of its insides, so that
# two versions can be compared by abidiff in a moment and however the library itself was built.
file(READ ${HEADER} text)
string(REGEX REPLACE "/\\*([^*]|\\*+[^*/])*\\*+/" "" text "${text}")
string(REPLACE ";" "\n;" text "${text}")
string(REGEX MATCHALL "CHAINQUAL_API [^;(]*chainqual_[a-z0-9_]+\\([^\n;][^;]*" declarations "${text}")
set(bodies "")
foreach(declaration IN LISTS declarations)
  string(STRIP "${declaration}" declaration)
  string(APPEND bodies "${declaration} { __builtin_unreachable(); }\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"${HEADER}\"\n${bodies}")
