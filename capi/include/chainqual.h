/* chainqual: the quality of industry chains. The C interface, for C99 and later and for every language that can call C.
 *
 * Handles      Pointers to incomplete types, made by functions that name the type and freed by chainqual_<type>_free;
 *              freeing NULL does nothing. A const handle may be used by many threads at once, a mutable one by one.
 * Status       Functions that can fail return chainqual_status, CHAINQUAL_OK or why not. Outputs are parameters,
 * written only on success. A status that a program does not know is a failure. Errors       The last parameter is NULL
 * or the caller's own chainqual_error, which receives the code and a message in two languages. Every rule that the
 * input broke, not the first alone: chainqual_control.findings. Structs      Those with struct_size start as
 * CHAINQUAL_..._INIT. They grow at their ends only; what an older program does not have keeps its default, and what a
 * newer one adds is left unread. Zero, and NULL, mean the default. All others never change. Buffers      The caller's,
 * with their capacity in elements; a NULL buffer asks for the size. A buffer that is too small is
 * CHAINQUAL_SHAPE_MISMATCH and stays as it was. Outputs must not overlap inputs or one another. Text         UTF-8 that
 * ends in NUL; sizes count the NUL. NULL is read as the empty text. Borrowed     Pointers that functions give away
 * belong to the handle and are valid until it is changed or freed; names of constants are valid for ever. Nothing is
 * printed, nothing aborts, no exception leaves, no state is kept between calls but in handles.
 *
 * The functions are those of the C++ library under the same names: chainqual::systemic_risk is
 * chainqual_systemic_risk. What they compute, at what cost, and from which source, its headers say
 * (<chainqual/impact/systemic_risk.hpp> and so on). Results have the same bits as there, for any number of threads.
 * Statuses named with a function are those of its own; each can also return CHAINQUAL_INVALID_ARGUMENT (a NULL where
 * none may be, a struct without its size, overlapping buffers) and CHAINQUAL_OUT_OF_MEMORY.
 */
#ifndef CHAINQUAL_H
#define CHAINQUAL_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#if defined(CHAINQUAL_BUILDING)
#define CHAINQUAL_API __declspec(dllexport)
#else
#define CHAINQUAL_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define CHAINQUAL_API __attribute__((visibility("default")))
#else
#define CHAINQUAL_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Status, errors, version ---- */

typedef int32_t chainqual_status;
enum {
  CHAINQUAL_OK = 0,
  CHAINQUAL_INVALID_ARGUMENT = 1,  /* an option or a call's use is wrong */
  CHAINQUAL_INVALID_VALUE = 2,     /* a value is outside its domain (NaN, negative, share > 1, score 0) */
  CHAINQUAL_SHAPE_MISMATCH = 3,    /* lengths that must agree differ; a buffer is too small */
  CHAINQUAL_OUT_OF_RANGE = 4,      /* an id is beyond the network or table */
  CHAINQUAL_OVERFLOW = 5,          /* exact arithmetic would leave its range */
  CHAINQUAL_NOT_FOUND = 6,         /* a file, key or id does not exist */
  CHAINQUAL_DUPLICATE = 7,         /* an id, heading or key stands twice */
  CHAINQUAL_UNKNOWN_REFERENCE = 8, /* a row names something that no table holds */
  CHAINQUAL_BAD_ENCODING = 9,      /* text is neither strict UTF-8 nor strict GB18030 */
  CHAINQUAL_BAD_SYNTAX = 10,       /* CSV or JSON that cannot be parsed */
  CHAINQUAL_MISSING_COLUMN = 11,
  CHAINQUAL_UNKNOWN_COLUMN = 12,
  CHAINQUAL_MISSING_VALUE = 13,
  CHAINQUAL_LIMIT_EXCEEDED = 14,    /* a cell, row or file beyond a stated bound */
  CHAINQUAL_WRONG_FORMAT = 15,      /* not the kind of file it claims to be */
  CHAINQUAL_VERSION_MISMATCH = 16,  /* written by a newer version, or another byte order */
  CHAINQUAL_CHECKSUM_MISMATCH = 17, /* damaged */
  CHAINQUAL_IO_FAILURE = 18,        /* the operating system refused */
  CHAINQUAL_CANCELLED = 19,
  CHAINQUAL_NOT_CONVERGED = 20,
  CHAINQUAL_NO_SOLUTION = 21, /* spectral radius >= 1, singular system, no order because of a cycle */
  CHAINQUAL_OUT_OF_MEMORY = 22,
  CHAINQUAL_DECLARED_DIFFERS = 23, /* declared stars differ from the computed grade */
  CHAINQUAL_SUSPICIOUS = 24,       /* legal, but likely a mistake */
  CHAINQUAL_ILLEGAL_STEP = 25,     /* a lifecycle forbids the step */
  CHAINQUAL_INTERNAL = 26          /* a defect of the library */
};

/* The two languages of all messages. */
enum { CHAINQUAL_ZH = 0, CHAINQUAL_EN = 1 };

/* What went wrong in the last call that was given it; code is CHAINQUAL_OK after a success. Messages are cut at whole
 * characters. */
typedef struct chainqual_error {
  uint32_t struct_size;
  chainqual_status code;
  char message[512];    /* English */
  char message_zh[512]; /* Chinese */
} chainqual_error;
#define CHAINQUAL_ERROR_INIT \
  { sizeof(chainqual_error), CHAINQUAL_OK, "", "" }

/* "not_found" for CHAINQUAL_NOT_FOUND; "unknown" for a number that is no status. For ever. */
CHAINQUAL_API const char* chainqual_status_name(chainqual_status status);
/* One sentence for any number, also one that a newer version defines. */
CHAINQUAL_API chainqual_status chainqual_status_describe(chainqual_status status, int32_t language, char* buffer,
                                                         uint64_t capacity, uint64_t* size, chainqual_error* error);

/* "0.1.0". For ever. */
CHAINQUAL_API const char* chainqual_version(void);
/* 10000 * major + 100 * minor + patch. */
CHAINQUAL_API uint32_t chainqual_version_number(void);
/* The number in the library's SONAME: programs built against one number run with every later library of it. */
CHAINQUAL_API uint32_t chainqual_abi_version(void);
/* 1 where this library has the named feature, else 0: "severity", "network", ... as chainqual_features lists them. */
CHAINQUAL_API int32_t chainqual_has_feature(const char* name);
/* All features, one blank between two. For ever. */
CHAINQUAL_API const char* chainqual_features(void);

/* ---- Findings: everything that input breaks ---- */

enum { CHAINQUAL_INFO = 0, CHAINQUAL_WARNING = 1, CHAINQUAL_ERROR = 2 };

typedef struct chainqual_findings chainqual_findings;

/* One finding; absent parts are "" or 0. The texts are borrowed from the collector. */
typedef struct chainqual_finding {
  uint32_t struct_size;
  int32_t level; /* CHAINQUAL_INFO ... */
  chainqual_status code;
  uint32_t reserved;
  uint64_t record; /* data record, from 1, the heading not counted */
  uint64_t line;   /* physical line, from 1 */
  uint64_t byte;   /* offset from 1, where a byte is to blame */
  const char* file;
  const char* column;
  const char* value; /* as shown: cut at 80 characters, control characters escaped */
  const char* rule_zh;
  const char* rule_en;
  const char* fix_zh;
  const char* fix_en;
} chainqual_finding;
#define CHAINQUAL_FINDING_INIT \
  { sizeof(chainqual_finding), 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL }

/* An empty collector. Each call that is given it replaces what it holds. */
CHAINQUAL_API chainqual_status chainqual_findings_create(chainqual_findings** findings, chainqual_error* error);
CHAINQUAL_API void chainqual_findings_free(chainqual_findings* findings);
/* How many there were of a level, and of all; the first 1000 are kept. 0 for NULL. */
CHAINQUAL_API uint64_t chainqual_findings_count(const chainqual_findings* findings, int32_t level);
CHAINQUAL_API uint64_t chainqual_findings_total(const chainqual_findings* findings);
CHAINQUAL_API uint64_t chainqual_findings_kept(const chainqual_findings* findings);
/* Finding `index` of those kept. CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API chainqual_status chainqual_findings_get(const chainqual_findings* findings, uint64_t index,
                                                      chainqual_finding* finding, chainqual_error* error);
/* "file:line: column 'x' (record 3): value <...>: rule. Fix: ..." on one line. CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API chainqual_status chainqual_findings_text(const chainqual_findings* findings, uint64_t index,
                                                       int32_t language, char* buffer, uint64_t capacity,
                                                       uint64_t* size, chainqual_error* error);

/* ---- Control: threads, cancelling, progress ---- */

typedef struct chainqual_executor chainqual_executor;
typedef struct chainqual_cancel_token chainqual_cancel_token;

/* A host's own threads. run calls body(context, chunk) once for each chunk 0 ... chunks - 1, in any order, on any
 * threads, and returns when all are done; body never fails. It must not run the same chunk twice. */
typedef struct chainqual_executor_callbacks {
  uint32_t struct_size;
  uint32_t concurrency; /* chunks that may run at one time, the calling thread counted; 0: 1 */
  void (*run)(void* user, uint64_t chunks, void (*body)(void* context, uint64_t chunk), void* context);
  void* user;
} chainqual_executor_callbacks;
#define CHAINQUAL_EXECUTOR_CALLBACKS_INIT \
  { sizeof(chainqual_executor_callbacks), 0, NULL, NULL }

/* Chunks run on the host's threads. A call whose chunks were not all run, or one of them twice, ends in
 * CHAINQUAL_INVALID_ARGUMENT. `user` must outlive the executor. */
CHAINQUAL_API chainqual_status chainqual_executor_create(const chainqual_executor_callbacks* callbacks,
                                                         chainqual_executor** executor, chainqual_error* error);
/* A pool of its own: `threads` with the caller's counted, 0 for all that the process may use, 1 for the caller's alone;
 * `pinned` not 0: each stays on a core. CHAINQUAL_LIMIT_EXCEEDED over 1024. */
CHAINQUAL_API chainqual_status chainqual_thread_pool_create(uint32_t threads, int32_t pinned,
                                                            chainqual_executor** executor, chainqual_error* error);
CHAINQUAL_API void chainqual_executor_free(chainqual_executor* executor);
/* 0 for NULL. */
CHAINQUAL_API uint32_t chainqual_executor_concurrency(const chainqual_executor* executor);

/* A request to stop, from any thread at any time; calls that were given the token end in CHAINQUAL_CANCELLED. */
CHAINQUAL_API chainqual_status chainqual_cancel_token_create(chainqual_cancel_token** token, chainqual_error* error);
CHAINQUAL_API void chainqual_cancel_token_free(chainqual_cancel_token* token);
CHAINQUAL_API void chainqual_cancel_token_cancel(chainqual_cancel_token* token);
CHAINQUAL_API void chainqual_cancel_token_reset(chainqual_cancel_token* token);
CHAINQUAL_API int32_t chainqual_cancel_token_is_cancelled(const chainqual_cancel_token* token);

/* How a call runs, not what it computes. What it points to is borrowed for the call. NULL for a control: the process's
 * own pool (CHAINQUAL_THREADS, else all cores), no cancelling, no progress, no findings. */
typedef struct chainqual_control {
  uint32_t struct_size;
  uint32_t reserved;
  const chainqual_executor* executor;
  const chainqual_cancel_token* cancel;
  /* Called with the share done, 0 ... 1, never falling, from any thread but never from two at once, at most some twenty
   * times a second. Not 0: the call ends in CHAINQUAL_CANCELLED. */
  int32_t (*progress)(void* user, double done_share);
  void* user;
  chainqual_findings* findings; /* receives all findings, of a failure and of a success */
} chainqual_control;
#define CHAINQUAL_CONTROL_INIT \
  { sizeof(chainqual_control), 0, NULL, NULL, NULL, NULL, NULL }

/* ---- Severity: exact grades ---- */

enum {
  CHAINQUAL_GRADE_UNGRADED = 0,
  CHAINQUAL_GRADE_GENERAL = 1, /* the number is the count of stars */
  CHAINQUAL_GRADE_IMPORTANT = 2,
  CHAINQUAL_GRADE_CRITICAL = 3
};
enum { CHAINQUAL_ROUNDING_EXACT = 0, CHAINQUAL_ROUNDING_TENTH = 1 };
enum { CHAINQUAL_CONSENSUS_MEAN = 0, CHAINQUAL_CONSENSUS_TRIMMED_MEAN = 1, CHAINQUAL_CONSENSUS_MEDIAN = 2 };

/* An exact fraction, in results always reduced with denominator > 0. Denominator 0: not given. */
typedef struct chainqual_rational {
  int64_t numerator;
  int64_t denominator;
} chainqual_rational;

/* Scores 1 ... 5 of one problem; all three not given: not scored. */
typedef struct chainqual_score {
  chainqual_rational impact;
  chainqual_rational diffusion;
  chainqual_rational urgency;
} chainqual_score;

/* The exact weighted total and the grade decided on it; 0 / 1 and ungraded where nothing was scored. */
typedef struct chainqual_severity {
  chainqual_rational total;
  int32_t grade;
  uint32_t reserved;
} chainqual_severity;

/* "3.67", "-1.5", "11/3". CHAINQUAL_INVALID_VALUE, CHAINQUAL_OVERFLOW. */
CHAINQUAL_API chainqual_status chainqual_rational_from_string(const char* text, chainqual_rational* value,
                                                              chainqual_error* error);
/* The exact decimal if it ends within 18 places, else the fraction. */
CHAINQUAL_API chainqual_status chainqual_rational_to_string(chainqual_rational value, char* buffer, uint64_t capacity,
                                                            uint64_t* size, chainqual_error* error);

typedef struct chainqual_severity_model chainqual_severity_model;

/* Weights as shares that sum to 1 or percentages that sum to 100, and the lowest totals of the two upper grades. Not
 * given: 40/30/30 (all three), 4, 5/2. */
typedef struct chainqual_severity_options {
  uint32_t struct_size;
  int32_t rounding; /* what the grade is decided on: the exact total, or the total rounded half up to one decimal */
  chainqual_rational impact_weight;
  chainqual_rational diffusion_weight;
  chainqual_rational urgency_weight;
  chainqual_rational critical;
  chainqual_rational important;
} chainqual_severity_options;
#define CHAINQUAL_SEVERITY_OPTIONS_INIT                                      \
  {                                                                          \
    sizeof(chainqual_severity_options), 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, { \
      0, 0                                                                   \
    }                                                                        \
  }

/* `options` NULL: the standard's model, for which every function below takes NULL too. CHAINQUAL_INVALID_VALUE. */
CHAINQUAL_API chainqual_status chainqual_severity_model_create(const chainqual_severity_options* options,
                                                               chainqual_severity_model** model,
                                                               chainqual_error* error);
CHAINQUAL_API void chainqual_severity_model_free(chainqual_severity_model* model);
/* The grade of one problem. CHAINQUAL_INVALID_VALUE, CHAINQUAL_MISSING_VALUE (one or two scores not given),
 * CHAINQUAL_OVERFLOW. */
CHAINQUAL_API chainqual_status chainqual_severity_model_grade(const chainqual_severity_model* model,
                                                              const chainqual_score* score,
                                                              chainqual_severity* severity, chainqual_error* error);
/* The three-star text of a grade, "" for others. For ever. */
CHAINQUAL_API const char* chainqual_stars(int32_t grade);

/* Grades `count` rows of whole scores 1 ... 5, or 0 in all three. `grade` and `total_hundredths` have room for
 * `capacity` >= count rows. CHAINQUAL_INVALID_VALUE, CHAINQUAL_MISSING_VALUE with a finding for each bad cell. */
CHAINQUAL_API chainqual_status chainqual_grade_whole_scores(const chainqual_severity_model* model,
                                                            const uint8_t* impact, const uint8_t* diffusion,
                                                            const uint8_t* urgency, uint64_t count,
                                                            const chainqual_control* control, uint8_t* grade,
                                                            uint16_t* total_hundredths, uint64_t capacity,
                                                            chainqual_error* error);
/* The same for hundredths of a point, 100 ... 500; totals are exact, in 1 / chainqual_hundredths_total_scale points. */
CHAINQUAL_API chainqual_status chainqual_grade_hundredths(const chainqual_severity_model* model, const int16_t* impact,
                                                          const int16_t* diffusion, const int16_t* urgency,
                                                          uint64_t count, const chainqual_control* control,
                                                          uint8_t* grade, uint32_t* total, uint64_t capacity,
                                                          chainqual_error* error);
/* CHAINQUAL_OVERFLOW: the weights have a common denominator above 8,000,000. */
CHAINQUAL_API chainqual_status chainqual_hundredths_total_scale(const chainqual_severity_model* model, uint32_t* scale,
                                                                chainqual_error* error);

/* Sums of the experts' scores by problem, in 1 / unit points (0: 1), and how many experts gave one; `rows` of each. */
typedef struct chainqual_panel_sums {
  uint32_t struct_size;
  uint32_t unit;
  uint64_t rows;
  const uint32_t* impact_sum;
  const uint32_t* diffusion_sum;
  const uint32_t* urgency_sum;
  const uint32_t* impact_count;
  const uint32_t* diffusion_count;
  const uint32_t* urgency_count;
} chainqual_panel_sums;
#define CHAINQUAL_PANEL_SUMS_INIT \
  { sizeof(chainqual_panel_sums), 0, 0, NULL, NULL, NULL, NULL, NULL, NULL }

/* Grades panel means without ever rounding one; statuses as chainqual_grade_whole_scores, and CHAINQUAL_OVERFLOW. */
CHAINQUAL_API chainqual_status chainqual_grade_panel_sums(const chainqual_severity_model* model,
                                                          const chainqual_panel_sums* panels,
                                                          const chainqual_control* control, uint8_t* grade,
                                                          uint16_t* total_hundredths, uint64_t capacity,
                                                          chainqual_error* error);

/* How several experts' scores become one. `trim` not given: 1/5. */
typedef struct chainqual_panel_rule {
  uint32_t struct_size;
  int32_t consensus;
  chainqual_rational trim; /* trimmed mean: of n scores the floor(trim * n) lowest and as many highest are left out */
} chainqual_panel_rule;
#define CHAINQUAL_PANEL_RULE_INIT      \
  {                                    \
    sizeof(chainqual_panel_rule), 0, { \
      0, 0                             \
    }                                  \
  }

typedef struct chainqual_panel chainqual_panel;

/* What one expert says of one problem. */
typedef struct chainqual_expert_score {
  const char* problem;
  const char* expert;
  chainqual_score score;
} chainqual_expert_score;

/* A panel's score of one problem; `problem` is borrowed from the panel. */
typedef struct chainqual_panel_score {
  const char* problem;
  uint64_t experts; /* how many scored it; 0: it is ungraded and has no score */
  chainqual_score score;
} chainqual_panel_score;

/* The consensus of n >= 1 values. CHAINQUAL_OVERFLOW. */
CHAINQUAL_API chainqual_status chainqual_consensus_of(const chainqual_rational* values, uint64_t count,
                                                      const chainqual_panel_rule* rule, chainqual_rational* consensus,
                                                      chainqual_error* error);
/* One score for every problem, in the order in which problems first occur. CHAINQUAL_INVALID_VALUE,
 * CHAINQUAL_MISSING_VALUE, CHAINQUAL_DUPLICATE (an expert twice for one problem), all findings at once. */
CHAINQUAL_API chainqual_status chainqual_panel_scores(const chainqual_expert_score* rows, uint64_t count,
                                                      const chainqual_panel_rule* rule,
                                                      const chainqual_control* control, chainqual_panel** panel,
                                                      chainqual_error* error);
CHAINQUAL_API void chainqual_panel_free(chainqual_panel* panel);
CHAINQUAL_API uint64_t chainqual_panel_size(const chainqual_panel* panel);
/* CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API chainqual_status chainqual_panel_get(const chainqual_panel* panel, uint64_t index,
                                                   chainqual_panel_score* score, chainqual_error* error);

/* ---- Networks ---- */

#define CHAINQUAL_NONE 0xFFFFFFFFu /* no enterprise, segment, sector */
#define CHAINQUAL_NO_STAGE 0xFFu
enum { CHAINQUAL_STAGE_UPSTREAM = 0, CHAINQUAL_STAGE_MIDSTREAM = 1, CHAINQUAL_STAGE_DOWNSTREAM = 2 };

/* Columns of `count` entries; data NULL or count 0: not given. Real numbers stand in either precision, not in both. */
typedef struct chainqual_real_column {
  const double* f64;
  const float* f32;
  uint64_t count;
} chainqual_real_column;
typedef struct chainqual_u32_column {
  const uint32_t* data;
  uint64_t count;
} chainqual_u32_column;
typedef struct chainqual_u8_column {
  const uint8_t* data;
  uint64_t count;
} chainqual_u8_column;

/* A whole network as columns, which are only read: supplier[k] supplies customer[k]. */
typedef struct chainqual_network_columns {
  uint32_t struct_size;
  int32_t keep_self_supply; /* 0: links from an enterprise to itself are dropped and counted */
  uint64_t enterprises;     /* n; ids are 0 ... n - 1 */
  chainqual_u32_column supplier;
  chainqual_u32_column customer;
  chainqual_real_column value;      /* >= 0; not given: 1 each */
  chainqual_real_column dependency; /* in [0, 1], NaN: not given */
  chainqual_real_column escape;     /* in [0, 1], NaN: not given */
  chainqual_u8_column stage;        /* CHAINQUAL_STAGE_..., CHAINQUAL_NO_STAGE */
  chainqual_u32_column segment;     /* ids, or CHAINQUAL_NONE */
  chainqual_u32_column sector;      /* ids, or CHAINQUAL_NONE */
  chainqual_real_column weight;     /* >= 0, NaN: not given */
} chainqual_network_columns;
#define CHAINQUAL_NETWORK_COLUMNS_INIT                                                                                \
  {                                                                                                                   \
    sizeof(chainqual_network_columns), 0, 0, {NULL, 0}, {NULL, 0}, {NULL, NULL, 0}, {NULL, NULL, 0}, {NULL, NULL, 0}, \
        {NULL, 0}, {NULL, 0}, {NULL, 0}, {                                                                            \
      NULL, NULL, 0                                                                                                   \
    }                                                                                                                 \
  }

typedef struct chainqual_network chainqual_network; /* immutable */

/* CHAINQUAL_SHAPE_MISMATCH, CHAINQUAL_OUT_OF_RANGE, CHAINQUAL_INVALID_VALUE, CHAINQUAL_LIMIT_EXCEEDED with a finding
 * for each bad cell, CHAINQUAL_CANCELLED. */
CHAINQUAL_API chainqual_status chainqual_network_from_arrays(const chainqual_network_columns* columns,
                                                             const chainqual_control* control,
                                                             chainqual_network** network, chainqual_error* error);
CHAINQUAL_API void chainqual_network_free(chainqual_network* network);
/* 0 for NULL. */
CHAINQUAL_API uint32_t chainqual_network_enterprises(const chainqual_network* network);
CHAINQUAL_API uint64_t chainqual_network_links(const chainqual_network* network);

/* The arrays of a network, borrowed. Link l of supplier i lies in [out_offsets[i], out_offsets[i + 1]) and goes to
 * out_targets[l]; links are numbered in this order. Columns that are not given are NULL. */
typedef struct chainqual_network_arrays {
  uint32_t struct_size;
  uint32_t enterprises;
  uint64_t links;
  const uint64_t* out_offsets; /* [n + 1] */
  const uint32_t* out_targets; /* [m] ascending in each row */
  const float* out_values;     /* [m] */
  const uint64_t* in_offsets;  /* [n + 1] */
  const uint32_t* in_sources;  /* [m] */
  const float* in_values;      /* [m] */
  const float* dependency;     /* [m] by link, NaN: not given */
  const float* escape;         /* [m] by link, NaN: not given */
  const uint8_t* stage;        /* [n] */
  const uint32_t* segment;     /* [n] */
  const uint32_t* sector;      /* [n] */
  const double* weight;        /* [n] */
  uint64_t links_given;        /* what building did with the links it was given */
  uint64_t self_supply_dropped;
  uint64_t parallel_merged;
  uint64_t values_assumed;
} chainqual_network_arrays;
#define CHAINQUAL_NETWORK_ARRAYS_INIT                                                                                  \
  {                                                                                                                    \
    sizeof(chainqual_network_arrays), 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, \
        0, 0, 0                                                                                                        \
  }
CHAINQUAL_API chainqual_status chainqual_network_get_arrays(const chainqual_network* network,
                                                            chainqual_network_arrays* arrays, chainqual_error* error);

/* ---- Propagation ---- */

enum { CHAINQUAL_ALONG_DOWNSTREAM = 0, CHAINQUAL_ALONG_UPSTREAM = 1 };
/* Directions to compute, as bits; 0: both. */
enum { CHAINQUAL_DOWNSTREAM = 1, CHAINQUAL_UPSTREAM = 2 };

/* Losses by enterprise, shares of working in [0, 1], and how the run went. The caller sets the buffers, each with room
 * for `capacity` >= n, NULL for those not wanted; the rest is written. With all three NULL nothing is computed and only
 * `size` is written. A direction that was not computed is all 0. */
typedef struct chainqual_propagation {
  uint32_t struct_size;
  uint32_t steps;    /* steps, sweeps or days taken */
  int32_t converged; /* 1: the stopping rule was met before the cap on steps */
  uint32_t reserved;
  double* downstream; /* handed on by suppliers */
  double* upstream;   /* handed on by customers */
  double* combined;
  uint64_t capacity;
  uint64_t size;           /* n */
  double index_downstream; /* weighted means of the losses */
  double index_upstream;
  double index;
  double last_change; /* largest change of a loss in the last step */
} chainqual_propagation;
#define CHAINQUAL_PROPAGATION_INIT \
  { sizeof(chainqual_propagation), 0, 0, 0, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0 }

typedef struct chainqual_linear_options {
  uint32_t struct_size;
  uint32_t directions;
  int32_t uncapped;    /* 0: losses end at 1; else the plain linear system, which may have no solution */
  uint32_t max_sweeps; /* per cyclic component; 0: 10,000 */
  double tolerance;    /* of a component's last sweep, relative to its largest loss; 0: 1e-12 */
} chainqual_linear_options;
#define CHAINQUAL_LINEAR_OPTIONS_INIT \
  { sizeof(chainqual_linear_options), 0, 0, 0, 0 }

/* Losses when shocks spread along supply links. `shock` holds a share for every enterprise.
 * CHAINQUAL_SHAPE_MISMATCH, CHAINQUAL_INVALID_VALUE, CHAINQUAL_NO_SOLUTION (uncapped), CHAINQUAL_CANCELLED. */
CHAINQUAL_API chainqual_status chainqual_linear(const chainqual_network* network, const double* shock,
                                                uint64_t shock_count, const chainqual_linear_options* options,
                                                const chainqual_control* control, chainqual_propagation* result,
                                                chainqual_error* error);

/* ---- Systemic risk ---- */

enum { CHAINQUAL_NEED_NEGLIGIBLE = 0, CHAINQUAL_NEED_ORDINARY = 1, CHAINQUAL_NEED_ESSENTIAL = 2 };
/* A link whose need stands elsewhere. */
#define CHAINQUAL_NEED_NOT_GIVEN 0xFFu
enum { CHAINQUAL_REPLACEABILITY_NONE = 0, CHAINQUAL_REPLACEABILITY_SECTOR = 1, CHAINQUAL_REPLACEABILITY_MARKET = 2 };
enum { CHAINQUAL_METHOD_AUTOMATIC = 0, CHAINQUAL_METHOD_FRONT = 1, CHAINQUAL_METHOD_LANES = 2 };

/* The generalised Leontief cascade. Columns are by enterprise, or not given. */
typedef struct chainqual_cascade_options {
  uint32_t struct_size;
  int32_t need; /* of links that need_by_link and need_by_sector leave open: -1 negligible, 1 ordinary; 0: essential */
  uint32_t sectors_in_table; /* side of need_by_sector */
  int32_t replaceability;
  chainqual_u8_column need_by_sector; /* [sectors * sectors] at supplier sector * sectors + customer sector */
  chainqual_u8_column need_by_link;   /* [m], CHAINQUAL_NEED_NOT_GIVEN where open */
  chainqual_u32_column sectors;       /* [n] whose goods are alike; else the network's sectors, else its segments */
  chainqual_real_column revenue;      /* [n] all that i sells, NaN: not given */
  chainqual_real_column final_demand; /* [n] what i sells outside the chain */
  chainqual_real_column cost;         /* [n] all that i spends, NaN: not given */
  chainqual_u32_column market;        /* [n] for CHAINQUAL_REPLACEABILITY_MARKET */
  chainqual_real_column weight;       /* [n] in totals */
  double tolerance;                   /* stops after a step in which nothing fell by more; 0: 0.01 */
  int32_t until_rest;                 /* 1: stops after a step in which nothing fell at all; tolerance is not read */
  uint32_t max_steps;                 /* 0: 10,000 */
} chainqual_cascade_options;
#define CHAINQUAL_CASCADE_OPTIONS_INIT                                                                             \
  {                                                                                                                \
    sizeof(chainqual_cascade_options), 0, 0, 0, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, NULL, 0}, {NULL, NULL, 0}, \
        {NULL, NULL, 0}, {NULL, 0}, {NULL, NULL, 0}, 0, 0, 0                                                       \
  }

typedef struct chainqual_systemic_risk_options {
  uint32_t struct_size;
  int32_t method;
  const chainqual_cascade_options* cascade; /* NULL: its defaults */
  chainqual_u32_column enterprises;         /* whose closing; not given: all in turn */
  const double* scenarios;                  /* [scenario_count * n] shares of capacity lost, in place of closings */
  uint64_t scenario_count;
} chainqual_systemic_risk_options;
#define CHAINQUAL_SYSTEMIC_RISK_OPTIONS_INIT \
  { sizeof(chainqual_systemic_risk_options), 0, NULL, {NULL, 0}, NULL, 0 }

/* Indices by scenario. Buffers as in chainqual_propagation: with all of them NULL only `size` is written. */
typedef struct chainqual_systemic_risk_result {
  uint32_t struct_size;
  int32_t sectors_from; /* 0 the options, 1 sectors, 2 segments, 3 each enterprise its own */
  uint64_t capacity;
  double* index; /* share of the chain's weight lost */
  double* index_downstream;
  double* index_upstream;
  uint32_t* steps;
  uint8_t* converged;
  uint64_t size; /* scenarios */
  double tolerance;
  uint64_t truncated;     /* scenarios whose upstream losses the tolerance ended, not a fixed point */
  uint32_t closed_circle; /* enterprises in groups that sell all they sell inside the group */
  uint32_t reserved;
} chainqual_systemic_risk_result;
#define CHAINQUAL_SYSTEMIC_RISK_RESULT_INIT \
  { sizeof(chainqual_systemic_risk_result), 0, 0, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0 }

/* How much of the chain stops when an enterprise closes, for every one in turn, for those asked for, or for scenarios.
 * CHAINQUAL_OUT_OF_RANGE, CHAINQUAL_SHAPE_MISMATCH, CHAINQUAL_INVALID_VALUE, CHAINQUAL_CANCELLED. */
CHAINQUAL_API chainqual_status chainqual_systemic_risk(const chainqual_network* network,
                                                       const chainqual_systemic_risk_options* options,
                                                       const chainqual_control* control,
                                                       chainqual_systemic_risk_result* result, chainqual_error* error);

/* ---- Arrow tables ---- */

/* ---- End ---- */

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CHAINQUAL_H */
