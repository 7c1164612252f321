# chainqual_warnings(target): the warnings our own code is built with, as errors. Users of the headers are not bound by them.
function(chainqual_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast
                                           -Wcast-qual -Woverloaded-virtual -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # rapidcheck and Boost 1.74 predate some of Clang's checks; their headers come in as system headers.
    target_compile_options(${target} PRIVATE -Wno-c99-designator)
  endif()
endfunction()
