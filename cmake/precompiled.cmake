# chainqual_precompiled(name headers…): an object library that carries a precompiled header; others take it by
# `target_precompile_headers(target REUSE_FROM name)`. Link to it what the headers need.
#
# It is built without ccache, which preprocesses with the old header in sight: one that is made anew would hold its
# predecessor, and GCC then eats all memory that there is.
function(chainqual_precompiled name)
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp "// carries the precompiled header\n")
  add_library(${name} OBJECT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
  target_precompile_headers(${name} PRIVATE ${ARGN})
  set_target_properties(${name} PROPERTIES CXX_COMPILER_LAUNCHER "")
  chainqual_warnings(${name})
endfunction()
