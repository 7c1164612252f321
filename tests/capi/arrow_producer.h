#ifndef CHAINQUAL_TESTS_ARROW_PRODUCER_H
#define CHAINQUAL_TESTS_ARROW_PRODUCER_H

#include <stdlib.h>

#include "check.h"

/* A producer with static buffers: its structs are counted, so that every release is seen. */
static int alive = 0;

enum { most_columns = 10 };

typedef struct holder {
  struct ArrowSchema schemas[most_columns];
  struct ArrowSchema* schema_pointers[most_columns];
  struct ArrowSchema dictionaries[most_columns];
  struct ArrowArray arrays[most_columns];
  struct ArrowArray* array_pointers[most_columns];
  struct ArrowArray words[most_columns];
  const void* buffers[most_columns][5];
  const void* word_buffers[most_columns][5];
  const void* no_buffers[1];
} holder;

static void release_child_schema(struct ArrowSchema* schema) {
  schema->release = NULL;
}
static void release_child_array(struct ArrowArray* array) {
  array->release = NULL;
}
static void release_schema(struct ArrowSchema* schema) {
  schema->release = NULL;
  --alive;
}
static void release_array(struct ArrowArray* array) {
  free(array->private_data);
  array->release = NULL;
  --alive;
}

typedef struct column {
  const char* name;
  const char* format;
  const void* buffers[5];
  int64_t n_buffers;
  int64_t nulls;
  const struct column* words; /* the dictionary, of five words, or NULL */
} column;

/* A struct array over columns of `length` values from `offset` on. The schema borrows from the array's memory. */
static void produce(const column* columns, int64_t count, int64_t length, int64_t offset, struct ArrowSchema* schema,
                    struct ArrowArray* array) {
  holder* hold = calloc(1, sizeof(holder));
  int64_t c;
  memset(schema, 0, sizeof *schema);
  memset(array, 0, sizeof *array);
  for (c = 0; c < count; ++c) {
    struct ArrowSchema* type = &hold->schemas[c];
    struct ArrowArray* values = &hold->arrays[c];
    type->format = columns[c].format;
    type->name = columns[c].name;
    type->flags = ARROW_FLAG_NULLABLE;
    type->release = release_child_schema;
    memcpy(hold->buffers[c], columns[c].buffers, sizeof columns[c].buffers);
    values->length = length;
    values->offset = offset;
    values->null_count = columns[c].nulls;
    values->n_buffers = columns[c].n_buffers;
    values->buffers = hold->buffers[c];
    values->release = release_child_array;
    if (columns[c].words != NULL) {
      hold->dictionaries[c].format = columns[c].words->format;
      hold->dictionaries[c].name = "";
      hold->dictionaries[c].release = release_child_schema;
      type->dictionary = &hold->dictionaries[c];
      memcpy(hold->word_buffers[c], columns[c].words->buffers, sizeof columns[c].words->buffers);
      hold->words[c].length = 5;
      hold->words[c].n_buffers = columns[c].words->n_buffers;
      hold->words[c].buffers = hold->word_buffers[c];
      hold->words[c].release = release_child_array;
      values->dictionary = &hold->words[c];
    }
    hold->schema_pointers[c] = type;
    hold->array_pointers[c] = values;
  }
  schema->format = "+s";
  schema->n_children = count;
  schema->children = hold->schema_pointers;
  schema->release = release_schema;
  array->length = length;
  array->n_buffers = 1;
  array->buffers = hold->no_buffers;
  array->n_children = count;
  array->children = hold->array_pointers;
  array->private_data = hold;
  array->release = release_array;
  alive += 2;
}

#endif
