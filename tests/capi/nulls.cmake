# cmake -DHEADER=chainqual.h -DOUTPUT=nulls.c -P nulls.cmake: a program that calls every function that the header declares
# with nothing but zeros. Each must come back; those with a status must refuse, but for tables of no rows.
cmake_minimum_required(VERSION 3.25)
file(READ ${HEADER} text)
string(REGEX REPLACE "/\\*([^*]|\\*+[^*/])*\\*+/" "" text "${text}")
string(REPLACE ";" "\n;" text "${text}")
string(REGEX MATCHALL "CHAINQUAL_API [^;(]*chainqual_[a-z0-9_]+\\([^\n;][^;]*" declarations "${text}")
set(by_value chainqual_rational chainqual_u32_column chainqual_u8_column chainqual_real_column)
set(no_rows chainqual_grade_whole_scores chainqual_grade_hundredths)
set(calls "")
set(used "")
foreach(declaration IN LISTS declarations)
  string(REGEX REPLACE "[ \n]+" " " declaration "${declaration}")
  string(REGEX MATCH "^CHAINQUAL_API (.*[ *])(chainqual_[a-z0-9_]+)\\((.*)\\) *$" whole "${declaration}")
  set(result "${CMAKE_MATCH_1}")
  set(name "${CMAKE_MATCH_2}")
  set(parameters "${CMAKE_MATCH_3}")
  set(arguments "")
  if(NOT parameters STREQUAL "void")
    string(REPLACE "," ";" parameters "${parameters}")
    foreach(parameter IN LISTS parameters)
      string(STRIP "${parameter}" parameter)
      string(REGEX REPLACE " .*" "" type "${parameter}")
      if(parameter MATCHES "^chainqual_error\\* error$")
        list(APPEND arguments "error")
      elseif(type IN_LIST by_value)
        list(APPEND arguments "no_${type}")
        list(APPEND used ${type})
      else()
        list(APPEND arguments "0")
      endif()
    endforeach()
  endif()
  list(JOIN arguments ", " arguments)
  if(name IN_LIST no_rows)
    string(APPEND calls "  TAKES(${name}(${arguments}));\n")
  elseif(result MATCHES "chainqual_status")
    string(APPEND calls "  REFUSES(${name}(${arguments}));\n")
  elseif(result MATCHES "^void ")
    string(APPEND calls "  ${name}(${arguments});\n")
  elseif(result MATCHES "\\*")
    string(APPEND calls "  CHECK(${name}(${arguments}) != NULL);\n")
  elseif(NOT arguments STREQUAL "")
    string(APPEND calls "  CHECK(${name}(${arguments}) == 0);\n")
  endif()
endforeach()
set(constants "")
list(REMOVE_DUPLICATES used)
foreach(type IN LISTS used)
  string(APPEND constants "static const ${type} no_${type};\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"check.h\"

#define REFUSES(call) CHECK((call) != CHAINQUAL_OK && refused(error))
#define TAKES(call) CHECK((call) == CHAINQUAL_OK)

${constants}
static int refused(const chainqual_error* error) {
  return error == NULL || (error->code != CHAINQUAL_OK && error->message_zh[0] != '\\0');
}

static void call_everything(chainqual_error* error) {
${calls}}

int main(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  call_everything(&error);
  call_everything(NULL);
  return CHECK_END();
}
")
