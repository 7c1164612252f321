/* Tables go through the C interface as the Arrow structs say, and nothing is released twice or never. */
#include "arrow_producer.h"

/* A stream of two batches of the same column. */
typedef struct batches {
  column columns[3];
  int64_t count;
  int64_t lengths[2];
  int next;
} batches;

static int stream_schema(struct ArrowArrayStream* stream, struct ArrowSchema* out) {
  batches* source = stream->private_data;
  struct ArrowArray unused;
  static struct ArrowSchema kept;
  produce(source->columns, source->count, 0, 0, &kept, &unused);
  /* The schema's memory is the array's here: both go when the stream does not need them any more. */
  *out = kept;
  out->private_data = unused.private_data;
  --alive;
  return 0;
}
static void release_stream_schema(struct ArrowSchema* schema) {
  free(schema->private_data);
  schema->release = NULL;
  --alive;
}
static int stream_schema_owned(struct ArrowArrayStream* stream, struct ArrowSchema* out) {
  const int status = stream_schema(stream, out);
  out->release = release_stream_schema;
  return status;
}
static int stream_next(struct ArrowArrayStream* stream, struct ArrowArray* out) {
  batches* source = stream->private_data;
  struct ArrowSchema unused;
  memset(out, 0, sizeof *out);
  if (source->next == 2) return 0;
  produce(source->columns, source->count, source->lengths[source->next], source->next == 0 ? 0 : source->lengths[0],
          &unused, out);
  unused.release(&unused);
  ++source->next;
  return 0;
}
static const char* stream_error(struct ArrowArrayStream* stream) {
  (void)stream;
  return "no such disk";
}
static void release_stream(struct ArrowArrayStream* stream) {
  stream->release = NULL;
  --alive;
}
static struct ArrowArrayStream stream_of(batches* source) {
  struct ArrowArrayStream stream;
  stream.get_schema = stream_schema_owned;
  stream.get_next = stream_next;
  stream.get_last_error = stream_error;
  stream.release = release_stream;
  stream.private_data = source;
  ++alive;
  return stream;
}

static const uint8_t impact[] = {5, 1, 3, 4, 2, 4};
static const double diffusion[] = {4.1, 1, 2, 4, 2.5, 4};
static const uint8_t some_bits[] = {0x3D}; /* row 2 is null */
static const int32_t offsets[] = {0, 3, 4, 5, 6, 9, 10};
static const char text[] =
    "3.9124"
    "2.5"
    "4";

static column whole(const char* name) {
  column result = {NULL, "C", {NULL, impact, NULL, NULL, NULL}, 2, 0, NULL};
  result.name = name;
  return result;
}

static chainqual_table* scores(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  const column columns[3] = {{"impact", "C", {NULL, impact, NULL, NULL, NULL}, 2, 0, NULL},
                             {"diffusion", "g", {NULL, diffusion, NULL, NULL, NULL}, 2, 0, NULL},
                             {"urgency", "u", {NULL, offsets, text, NULL, NULL}, 3, 0, NULL}};
  struct ArrowSchema schema;
  struct ArrowArray array;
  chainqual_table* table = NULL;
  produce(columns, 3, 6, 0, &schema, &array);
  CHECK_OK(chainqual_take_arrow(&schema, &array, &table, &error));
  CHECK(schema.release == NULL && array.release == NULL);
  return table;
}

static void a_table_is_graded_and_handed_out(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_grade_table_options options = CHAINQUAL_GRADE_TABLE_OPTIONS_INIT;
  chainqual_table* table = scores();
  chainqual_table* graded = NULL;
  struct ArrowSchema schema;
  struct ArrowArray array;
  const char* name = NULL;
  options.total = CHAINQUAL_TOTAL_HUNDREDTHS;
  CHECK_OK(chainqual_grade_table(NULL, table, &options, NULL, &graded, &error));
  CHECK(chainqual_table_rows(graded) == 6 && chainqual_table_columns(graded) == 3);
  CHECK_OK(chainqual_table_column_name(graded, 1, &name, &error));
  CHECK(strcmp(name, "grade") == 0);
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_table_column_name(graded, 3, &name, &error));
  CHECK_OK(chainqual_give_arrow(graded, &schema, &array, &error));
  chainqual_table_free(graded);
  chainqual_table_free(table);
  CHECK(alive == 0);
  CHECK(strcmp(schema.children[0]->name, "total_hundredths") == 0 && strcmp(schema.children[0]->format, "S") == 0);
  CHECK(((const uint16_t*)array.children[0]->buffers[1])[0] == 440); /* 0.4 * 5 + 0.3 * 4.1 + 0.3 * 3.9 */
  CHECK(((const uint8_t*)array.children[1]->buffers[1])[0] == CHAINQUAL_GRADE_CRITICAL);
  CHECK(((const uint8_t*)array.children[1]->buffers[1])[1] == CHAINQUAL_GRADE_GENERAL);
  array.release(&array);
  schema.release(&schema);
  CHECK(array.release == NULL && schema.release == NULL);
}

static void what_is_wrong_is_listed_by_column_and_row(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  chainqual_findings* findings = NULL;
  chainqual_finding finding = CHAINQUAL_FINDING_INIT;
  static const int64_t wrong[] = {5, 6, 3, -1, 2, 4};
  const column columns[3] = {{"impact", "l", {NULL, wrong, NULL, NULL, NULL}, 2, 0, NULL},
                             {"diffusion", "C", {some_bits, impact, NULL, NULL, NULL}, 2, 1, NULL},
                             {"urgency", "C", {NULL, impact, NULL, NULL, NULL}, 2, 0, NULL}};
  struct ArrowSchema schema;
  struct ArrowArray array;
  chainqual_table* table = NULL;
  chainqual_table* graded = NULL;
  CHECK_OK(chainqual_findings_create(&findings, &error));
  control.findings = findings;
  produce(columns, 3, 6, 0, &schema, &array);
  CHECK_OK(chainqual_take_arrow(&schema, &array, &table, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_grade_table(NULL, table, NULL, &control, &graded, &error));
  CHECK(graded == NULL && chainqual_findings_kept(findings) == 3);
  CHECK_OK(chainqual_findings_get(findings, 1, &finding, &error));
  CHECK(finding.record == 2 && finding.code == CHAINQUAL_MISSING_VALUE && strcmp(finding.column, "diffusion") == 0);
  chainqual_table_free(table);
  chainqual_findings_free(findings);
  CHECK(alive == 0);
}

static void streams_of_several_batches_are_one_table(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  batches source = {{{0}}, 3, {2, 4}, 0};
  struct ArrowArrayStream stream;
  struct ArrowSchema schema;
  struct ArrowArray array;
  chainqual_table* table = NULL;
  chainqual_table* graded = NULL;
  int64_t rows = 0;
  int batch = 0;
  source.columns[0] = whole("impact");
  source.columns[1] = whole("diffusion");
  source.columns[2] = whole("urgency");
  stream = stream_of(&source);
  CHECK_OK(chainqual_take_arrow_stream(&stream, &table, &error));
  CHECK(stream.release == NULL && chainqual_table_rows(table) == 6);
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_give_arrow(table, &schema, &array, &error));
  CHECK_OK(chainqual_grade_table(NULL, table, NULL, NULL, &graded, &error));
  CHECK_OK(chainqual_give_arrow_stream(table, &stream, &error));
  chainqual_table_free(table);
  for (;; ++batch) {
    CHECK(stream.get_next(&stream, &array) == 0);
    if (array.release == NULL) break;
    CHECK(((const uint8_t*)array.children[0]->buffers[1])[array.children[0]->offset] == impact[rows]);
    rows += array.length;
    array.release(&array);
  }
  CHECK(rows == 6 && batch == 2);
  stream.release(&stream);
  chainqual_table_free(graded);
  CHECK(alive == 0);
}

static void networks_come_from_tables_and_go_back(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network_table_options options = CHAINQUAL_NETWORK_TABLE_OPTIONS_INIT;
  static const int64_t supplier[] = {10, 10, 20};
  static const int64_t customer[] = {20, 30, 30};
  const column columns[2] = {{"supplier", "l", {NULL, supplier, NULL, NULL, NULL}, 2, 0, NULL},
                             {"customer", "l", {NULL, customer, NULL, NULL, NULL}, 2, 0, NULL}};
  struct ArrowSchema schema;
  struct ArrowArray array;
  chainqual_table* links = NULL;
  chainqual_network* network = NULL;
  char key[8];
  produce(columns, 2, 3, 0, &schema, &array);
  CHECK_OK(chainqual_take_arrow(&schema, &array, &links, &error));
  CHECK_OK(chainqual_network_from_table(links, NULL, NULL, NULL, &network, &error));
  CHECK_OK(chainqual_network_key(network, 2, key, sizeof key, NULL, &error));
  CHECK(strcmp(key, "30") == 0);
  options.positions = 25;
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_network_from_table(links, NULL, &options, NULL, &network, &error));
  chainqual_table_free(links);
  CHECK(alive == 0);
  CHECK_OK(chainqual_network_table(network, &links, &error));
  CHECK(chainqual_table_rows(links) == 3 && chainqual_table_columns(links) == 3);
  chainqual_table_free(links);
  chainqual_network_free(network);
}

static void a_network_comes_from_a_stream_of_several_batches(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network_table_options options = CHAINQUAL_NETWORK_TABLE_OPTIONS_INIT;
  chainqual_network_arrays arrays = CHAINQUAL_NETWORK_ARRAYS_INIT;
  static const int64_t supplier[] = {0, 0, 1, 2};
  static const int64_t customer[] = {1, 2, 3, 3};
  static const float value[] = {1.5F, 2, 3, 4};
  const column columns[3] = {{"supplier", "l", {NULL, supplier, NULL, NULL, NULL}, 2, 0, NULL},
                             {"customer", "l", {NULL, customer, NULL, NULL, NULL}, 2, 0, NULL},
                             {"value", "f", {NULL, value, NULL, NULL, NULL}, 2, 0, NULL}};
  batches source = {{{0}}, 3, {1, 3}, 0};
  struct ArrowArrayStream stream;
  chainqual_table* links = NULL;
  chainqual_network* network = NULL;
  memcpy(source.columns, columns, sizeof columns);
  stream = stream_of(&source);
  options.positions = 4;
  CHECK_OK(chainqual_take_arrow_stream(&stream, &links, &error));
  CHECK_OK(chainqual_network_from_table(links, NULL, &options, NULL, &network, &error));
  CHECK_OK(chainqual_network_get_arrays(network, &arrays, &error));
  CHECK(arrays.enterprises == 4 && arrays.links == 4 && arrays.out_values[0] == 1.5F && arrays.out_values[3] == 4);
  chainqual_network_free(network);
  chainqual_table_free(links);
  CHECK(alive == 0);
}

static void misuse_is_told_and_nothing_leaks(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_grade_table_options options = CHAINQUAL_GRADE_TABLE_OPTIONS_INIT;
  chainqual_table* table = NULL;
  struct ArrowSchema schema;
  struct ArrowArray array;
  const column columns[1] = {{"x", "C", {NULL, impact, NULL, NULL, NULL}, 2, 0, NULL}};
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_take_arrow(NULL, NULL, &table, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_take_arrow_stream(NULL, &table, &error));
  produce(columns, 1, 6, 0, &schema, &array);
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_take_arrow(&schema, &array, NULL, &error));
  CHECK(schema.release == NULL && array.release == NULL && alive == 0);
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_take_arrow(&schema, &array, &table, &error));
  produce(columns, 1, 6, 0, &schema, &array);
  array.children[0]->n_buffers = 1;
  CHECK_FAILS(CHAINQUAL_WRONG_FORMAT, chainqual_take_arrow(&schema, &array, &table, &error));
  CHECK(table == NULL && alive == 0);
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_grade_table(NULL, NULL, NULL, NULL, &table, &error));
  table = scores();
  options.total = 7;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_grade_table(NULL, table, &options, NULL, &table, &error));
  options.total = 0;
  options.impact = "x";
  CHECK_FAILS(CHAINQUAL_MISSING_COLUMN, chainqual_grade_table(NULL, table, &options, NULL, &table, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_give_arrow(table, NULL, NULL, &error));
  chainqual_table_free(table);
  chainqual_table_free(NULL);
  CHECK(chainqual_table_rows(NULL) == 0 && chainqual_table_columns(NULL) == 0 && alive == 0);
}

int main(void) {
  a_table_is_graded_and_handed_out();
  what_is_wrong_is_listed_by_column_and_row();
  streams_of_several_batches_are_one_table();
  networks_come_from_tables_and_go_back();
  a_network_comes_from_a_stream_of_several_batches();
  misuse_is_told_and_nothing_leaks();
  return CHECK_END();
}
