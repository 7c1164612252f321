/* Every layout of a column goes through unchanged, and results come out as tables. */
#include "arrow_producer.h"
#include "small_chain.h"
#include "small_network.h"

static const uint8_t bits[] = {0x1B}; /* 1 1 0 1 1 */
static const uint8_t truths[] = {0x15};
static const int32_t numbers[] = {-1, 2, 3, 4, 5};
static const float singles[] = {1, 2.5F, 3, 4, 5};
static const int32_t offsets[] = {0, 1, 2, 3, 4, 5};
static const int64_t large_offsets[] = {0, 1, 2, 3, 4, 5};
static const char letters[] = "54321";
static const int8_t index_of_word[] = {4, 0, 1, 2, 3};

typedef union view {
  struct {
    int32_t length;
    char text[12];
  } inside;
  struct {
    int32_t length;
    char prefix[4];
    int32_t buffer;
    int32_t offset;
  } outside;
} view;
static const char long_text[] = "a text that lies out of line";
static const int64_t text_sizes[] = {28};

static void layouts_come_back_as_they_went(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  static view views[5];
  static const column words = {"", "u", {NULL, offsets, letters, NULL, NULL}, 3, 0, NULL};
  const column columns[2][4] = {{{"i", "i", {bits, numbers, NULL, NULL, NULL}, 2, 1, NULL},
                                 {"f", "f", {NULL, singles, NULL, NULL, NULL}, 2, 0, NULL},
                                 {"b", "b", {bits, truths, NULL, NULL, NULL}, 2, 1, NULL},
                                 {"u", "u", {bits, offsets, letters, NULL, NULL}, 3, -1, NULL}},
                                {{"U", "U", {NULL, large_offsets, letters, NULL, NULL}, 3, 0, NULL},
                                 {"vu", "vu", {bits, views, long_text, text_sizes, NULL}, 4, 1, NULL},
                                 {"w", "c", {NULL, index_of_word, NULL, NULL, NULL}, 2, 0, &words},
                                 {"d", "d:9,2", {NULL, views, NULL, NULL, NULL}, 2, 0, NULL}}};
  int half;
  int64_t c;
  int64_t b;
  views[0].inside.length = 1;
  views[0].inside.text[0] = '5';
  views[1].outside.length = 28;
  for (half = 0; half < 2; ++half) {
    struct ArrowSchema schema;
    struct ArrowArray array;
    chainqual_table* table = NULL;
    produce(columns[half], 4, 5, 0, &schema, &array);
    CHECK_OK(chainqual_take_arrow(&schema, &array, &table, &error));
    CHECK(chainqual_table_rows(table) == 5 && chainqual_table_columns(table) == 4);
    CHECK_OK(chainqual_give_arrow(table, &schema, &array, &error));
    chainqual_table_free(table);
    for (c = 0; c < 4; ++c) {
      const column* column_in = &columns[half][c];
      CHECK(strcmp(schema.children[c]->format, column_in->format) == 0);
      CHECK(strcmp(schema.children[c]->name, column_in->name) == 0);
      CHECK(array.children[c]->null_count == column_in->nulls);
      CHECK(array.children[c]->n_buffers == column_in->n_buffers);
      for (b = 0; b < column_in->n_buffers; ++b) CHECK(array.children[c]->buffers[b] == column_in->buffers[b]);
      CHECK((array.children[c]->dictionary != NULL) == (column_in->words != NULL));
    }
    if (half == 1) {
      CHECK(array.children[2]->dictionary->length == 5);
      CHECK(array.children[2]->dictionary->buffers[2] == letters);
      CHECK(strcmp(schema.children[2]->dictionary->format, "u") == 0);
    }
    array.release(&array);
    schema.release(&schema);
    CHECK(alive == 0);
  }
}

static void numbers_of_every_width_come_back(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  static const uint64_t numbers_of_any_width[5] = {UINT64_MAX, 0, 1, UINT64_MAX / 3, 5};
  static const char* const formats[most_columns] = {"c", "C", "s", "S", "i", "I", "l", "L", "f", "g"};
  column columns[most_columns];
  struct ArrowSchema schema;
  struct ArrowArray array;
  chainqual_table* table = NULL;
  int64_t c;
  for (c = 0; c < most_columns; ++c) {
    const column one = {"", "", {NULL, numbers_of_any_width, NULL, NULL, NULL}, 2, 0, NULL};
    columns[c] = one;
    columns[c].name = columns[c].format = formats[c];
  }
  produce(columns, most_columns, 5, 0, &schema, &array);
  CHECK_OK(chainqual_take_arrow(&schema, &array, &table, &error));
  CHECK_OK(chainqual_give_arrow(table, &schema, &array, &error));
  chainqual_table_free(table);
  CHECK(array.length == 5 && array.n_children == most_columns);
  for (c = 0; c < most_columns; ++c) {
    CHECK(strcmp(schema.children[c]->format, formats[c]) == 0);
    CHECK(array.children[c]->length == 5 && array.children[c]->buffers[1] == numbers_of_any_width);
  }
  array.release(&array);
  schema.release(&schema);
  CHECK(alive == 0);
}

static void scores_in_any_layout_grade_alike(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  static view views[5];
  static const column words = {"", "u", {NULL, offsets, letters, NULL, NULL}, 3, 0, NULL};
  static const int8_t first_to_last[] = {0, 1, 2, 3, 4};
  const column alike[4] = {{"", "u", {NULL, offsets, letters, NULL, NULL}, 3, 0, NULL},
                           {"", "U", {NULL, large_offsets, letters, NULL, NULL}, 3, 0, NULL},
                           {"", "vu", {NULL, views, text_sizes, NULL, NULL}, 3, 0, NULL},
                           {"", "c", {NULL, first_to_last, NULL, NULL, NULL}, 2, 0, &words}};
  static const uint8_t expected[] = {3, 3, 2, 1, 1};
  int k;
  int row;
  for (row = 0; row < 5; ++row) {
    views[row].inside.length = 1;
    views[row].inside.text[0] = letters[row];
  }
  for (k = 0; k < 4; ++k) {
    column columns[3];
    struct ArrowSchema schema;
    struct ArrowArray array;
    chainqual_table* table = NULL;
    chainqual_table* graded = NULL;
    columns[0] = columns[1] = columns[2] = alike[k];
    columns[0].name = "impact";
    columns[1].name = "diffusion";
    columns[2].name = "urgency";
    produce(columns, 3, 5, 0, &schema, &array);
    CHECK_OK(chainqual_take_arrow(&schema, &array, &table, &error));
    CHECK_OK(chainqual_grade_table(NULL, table, NULL, NULL, &graded, &error));
    CHECK_OK(chainqual_give_arrow(graded, &schema, &array, &error));
    CHECK(memcmp(array.children[1]->buffers[1], expected, 5) == 0);
    array.release(&array);
    schema.release(&schema);
    chainqual_table_free(graded);
    chainqual_table_free(table);
  }
  CHECK(alive == 0);
}

static void results_come_out_as_tables(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  const double shock[4] = {0.5, 0, 0, 0};
  chainqual_network* network = small_network();
  chainqual_placed_scenario* placed = NULL;
  chainqual_model_run* run = NULL;
  chainqual_chain* chain = small_chain();
  chainqual_report* report = NULL;
  chainqual_table* table = NULL;
  chainqual_table_info info = CHAINQUAL_TABLE_INFO_INIT;
  uint64_t k;
  CHECK_OK(chainqual_lasting(shock, 4, &placed, &error));
  CHECK_OK(chainqual_propagate(network, placed, NULL, NULL, &run, &error));
  CHECK_OK(chainqual_model_run_table(run, network, &table, &error));
  CHECK(chainqual_table_rows(table) == 4 && chainqual_table_columns(table) == 4);
  chainqual_table_free(table);
  CHECK_OK(chainqual_assess(chain, NULL, NULL, &report, &error));
  CHECK(chainqual_report_tables(report) == 7);
  for (k = 0; k < 7; ++k) {
    CHECK_OK(chainqual_report_table(report, k, &info, &error));
    CHECK_OK(chainqual_report_arrow(report, k, &table, &error));
    CHECK(chainqual_table_rows(table) == info.rows && chainqual_table_columns(table) == info.columns);
    chainqual_table_free(table);
  }
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_report_arrow(report, 7, &table, &error));
  chainqual_report_free(report);
  chainqual_chain_free(chain);
  chainqual_model_run_free(run);
  chainqual_placed_scenario_free(placed);
  chainqual_network_free(network);
}

int main(void) {
  layouts_come_back_as_they_went();
  numbers_of_every_width_come_back();
  scores_in_any_layout_grade_alike();
  results_come_out_as_tables();
  return CHECK_END();
}
