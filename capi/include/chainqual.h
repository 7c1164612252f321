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
  CHAINQUAL_INTERNAL = 26,         /* a defect of the library */
  CHAINQUAL_CONFLICT = 27          /* another has changed it meanwhile, or is writing: look again, then retry */
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
/* A grade as stars, one to three; "" for ungraded and for numbers that are no grade. For ever. */
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

typedef struct chainqual_chain chainqual_chain; /* see below */

/* Freezes a chain; ids stay, links between the same two enterprises become one. Carries the enterprises' keys.
 * CHAINQUAL_INVALID_VALUE with all findings, CHAINQUAL_CANCELLED. */
CHAINQUAL_API chainqual_status chainqual_network_of(const chainqual_chain* chain, int32_t keep_self_supply,
                                                    const chainqual_control* control, chainqual_network** network,
                                                    chainqual_error* error);

/* How much of a .cqn file is looked at. Zero is the whole, for files from elsewhere; the header alone is for files that
 * this machine wrote and keeps. */
enum { CHAINQUAL_VERIFY_FULL = 0, CHAINQUAL_VERIFY_HEADER = 1, CHAINQUAL_VERIFY_CHECKSUM = 2 };

/* Maps a .cqn file. CHAINQUAL_NOT_FOUND, CHAINQUAL_IO_FAILURE, CHAINQUAL_WRONG_FORMAT, CHAINQUAL_VERSION_MISMATCH,
 * CHAINQUAL_CHECKSUM_MISMATCH, CHAINQUAL_OUT_OF_RANGE, CHAINQUAL_INVALID_VALUE, CHAINQUAL_CANCELLED. */
CHAINQUAL_API chainqual_status chainqual_open_network(const char* path, int32_t verify,
                                                      const chainqual_control* control, chainqual_network** network,
                                                      chainqual_error* error);
/* Writes a .cqn file, whole or not at all; `content_hash`, which may be NULL, is equal for equal networks.
 * CHAINQUAL_NOT_FOUND, CHAINQUAL_IO_FAILURE, CHAINQUAL_CANCELLED. */
CHAINQUAL_API chainqual_status chainqual_write_network(const chainqual_network* network, const char* path,
                                                       const chainqual_control* control, uint64_t* content_hash,
                                                       chainqual_error* error);

/* The key of an enterprise, where the network has keys (of a chain, of a .cqn file that holds them).
 * CHAINQUAL_NOT_FOUND, CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API chainqual_status chainqual_network_key(const chainqual_network* network, uint32_t id, char* buffer,
                                                     uint64_t capacity, uint64_t* size, chainqual_error* error);
/* The enterprise of a key. CHAINQUAL_NOT_FOUND. */
CHAINQUAL_API chainqual_status chainqual_network_find(const chainqual_network* network, const char* key, uint32_t* id,
                                                      chainqual_error* error);
/* Weights in totals: the network's own, else what each enterprise supplies in the chain. CHAINQUAL_INVALID_VALUE. */
CHAINQUAL_API chainqual_status chainqual_default_weight(const chainqual_network* network, double* weight,
                                                        uint64_t capacity, uint64_t* size, chainqual_error* error);

enum { CHAINQUAL_LAYOUT_RANDOM_ORDER = 0, CHAINQUAL_LAYOUT_LOCAL = 1 };

/* A synthetic chain; 0: the default that stands in brackets. */
typedef struct chainqual_generate_options {
  uint32_t struct_size;
  uint32_t enterprises; /* [1000] */
  double mean_degree;   /* [9] links per enterprise */
  double exponent;      /* [2.3] of the out-degrees' power law */
  double preference;    /* [0.5] of customers: chosen with probability by rank^-preference; below 0: uniform */
  double cyclic_share;  /* of links that lead to the own or an earlier tier; 0: acyclic */
  double value_median;  /* [100] of the links' log-normal values */
  double value_spread;  /* [1] standard deviation of the values' logarithm; below 0: none */
  uint32_t degree_cap;  /* [128] most links a supplier can have */
  uint32_t tiers;       /* [12] */
  uint32_t segments;    /* [12] */
  uint32_t sectors;     /* [80] */
  int32_t layout;       /* CHAINQUAL_LAYOUT_... */
  uint32_t reserved;
  uint64_t seed; /* [1] */
} chainqual_generate_options;
#define CHAINQUAL_GENERATE_OPTIONS_INIT \
  { sizeof(chainqual_generate_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
/* CHAINQUAL_INVALID_VALUE, CHAINQUAL_CANCELLED. */
CHAINQUAL_API chainqual_status chainqual_generate_network(const chainqual_generate_options* options,
                                                          const chainqual_control* control, chainqual_network** network,
                                                          chainqual_error* error);

/* ---- Chains ---- */

enum { CHAINQUAL_ROLE_MEMBER = 0, CHAINQUAL_ROLE_OWNER = 1 };
enum { CHAINQUAL_LADDER_UNSTATED = 0, CHAINQUAL_LADDER_LEADER = 1, CHAINQUAL_LADDER_FOLLOWER = 2 };
enum { CHAINQUAL_EVIDENCE_DOCUMENTED = 0, CHAINQUAL_EVIDENCE_INFERRED = 1 };
enum {
  CHAINQUAL_CATEGORY_TECHNOLOGY = 0,
  CHAINQUAL_CATEGORY_MANAGEMENT = 1,
  CHAINQUAL_CATEGORY_BRAND = 2,
  CHAINQUAL_CATEGORY_INFRASTRUCTURE = 3,
  CHAINQUAL_CATEGORY_OTHER = 4
};
enum {
  CHAINQUAL_PROBLEM_IDENTIFIED = 0,
  CHAINQUAL_PROBLEM_ANALYSING = 1,
  CHAINQUAL_PROBLEM_IN_BREAKTHROUGH = 2,
  CHAINQUAL_PROBLEM_SOLVED = 3
};

/* A list of texts. */
typedef struct chainqual_strings {
  const char* const* items;
  uint64_t count;
} chainqual_strings;

/* Records to add. They are copied; a NULL text is empty, a NULL number is not given. */
typedef struct chainqual_segment {
  uint32_t struct_size;
  int32_t stage;
  const char* id;
  const char* name;
  const char* name_en;
  const char* industry;
  chainqual_strings regions;
  int32_t final_product; /* 1: its enterprises deliver the chain's end product */
  uint32_t reserved;
  const char* note;
} chainqual_segment;
#define CHAINQUAL_SEGMENT_INIT \
  { sizeof(chainqual_segment), 0, NULL, NULL, NULL, NULL, {NULL, 0}, 0, 0, NULL }

typedef struct chainqual_enterprise {
  uint32_t struct_size;
  int32_t stage;
  const char* id; /* its key; the credit code, else the name, when empty */
  const char* credit_code;
  const char* name;
  const char* name_en;
  chainqual_strings segments; /* ids; the first is its home */
  chainqual_strings products;
  const char* region; /* GB/T 2260 province code */
  const char* city;
  int32_t role;
  int32_t ladder;
  const double* weight; /* share in totals */
  const char* source;
} chainqual_enterprise;
#define CHAINQUAL_ENTERPRISE_INIT \
  { sizeof(chainqual_enterprise), 0, NULL, NULL, NULL, NULL, {NULL, 0}, {NULL, 0}, NULL, NULL, 0, 0, NULL, NULL }

typedef struct chainqual_link {
  uint32_t struct_size;
  int32_t evidence;
  const char* product;
  const double* value;      /* supplied per year, >= 0 */
  const double* dependency; /* in [0, 1]: how much of the supplier's trouble the customer feels */
  const double* escape;     /* in [0, 1]: share of it that incoming inspection lets pass */
  const char* kind;
  const char* source;
} chainqual_link;
#define CHAINQUAL_LINK_INIT \
  { sizeof(chainqual_link), 0, NULL, NULL, NULL, NULL, NULL, NULL }

typedef struct chainqual_institution {
  uint32_t struct_size;
  int32_t cma;
  const char* id;
  const char* credit_code;
  const char* name;
  const char* name_en;
  const char* kind;
  const char* region;
  chainqual_strings segments;
  chainqual_strings products;
  chainqual_strings parameters;
  chainqual_strings methods;
  const char* source;
  int32_t cnas;
  uint32_t reserved;
} chainqual_institution;
#define CHAINQUAL_INSTITUTION_INIT                                                                                    \
  {                                                                                                                   \
    sizeof(chainqual_institution), 0, NULL, NULL, NULL, NULL, NULL, NULL, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, \
        NULL, 0, 0                                                                                                    \
  }

typedef struct chainqual_problem {
  uint32_t struct_size;
  int32_t stage;
  const char* number;
  const char* name;
  const char* name_en;
  const char* industry;
  chainqual_strings segments;    /* ids; none: the whole stage */
  chainqual_strings enterprises; /* keys; none: all of the segments */
  chainqual_strings products;
  chainqual_strings related; /* numbers of other problems */
  const char* reporter;
  const char* unit;
  const char* date; /* 2025-03-01 */
  const char* description;
  const char* description_en;
  const char* scope;
  const char* aspect_shares[5]; /* exact decimals in [0, 1]: cost, efficiency, safety, brand, environment */
  const char* technical_causes;
  const char* managerial_causes;
  const char* ideas;
  const char* source;
  int32_t common; /* a shared technology problem: 1 yes, -1 no, 0 not stated */
  int32_t status;
  int32_t category;
  int32_t declared; /* stars in the source */
} chainqual_problem;
#define CHAINQUAL_PROBLEM_INIT                                                                                    \
  {                                                                                                               \
    sizeof(chainqual_problem), 0, NULL, NULL, NULL, NULL, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, NULL, NULL, \
        NULL, NULL, NULL, NULL, {NULL, NULL, NULL, NULL, NULL}, NULL, NULL, NULL, NULL, 0, 0, 0, 0                \
  }

/* One expert's scores of one problem as exact decimals ("4", "3.5"); all three empty: not scored. */
typedef struct chainqual_score_row {
  uint32_t struct_size;
  uint32_t reserved;
  const char* problem;
  const char* expert;
  const char* impact;
  const char* diffusion;
  const char* urgency;
  const char* basis;
} chainqual_score_row;
#define CHAINQUAL_SCORE_ROW_INIT \
  { sizeof(chainqual_score_row), 0, NULL, NULL, NULL, NULL, NULL, NULL }

typedef struct chainqual_chain_info {
  uint32_t struct_size;
  int32_t review_cycle_months; /* 0: 12 */
  const char* name;
  const char* name_en;
  const char* home_region;
  const char* date;
  const char* version;
  const char* note;
  const char* note_en;
  const chainqual_severity_model* severity; /* NULL: the standard's; read by set_info only, get_info gives NULL */
} chainqual_chain_info;
#define CHAINQUAL_CHAIN_INFO_INIT \
  { sizeof(chainqual_chain_info), 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL }

/* Tables of a chain, for chainqual_chain_count. */
enum {
  CHAINQUAL_TABLE_ENTERPRISES = 0,
  CHAINQUAL_TABLE_LINKS = 1,
  CHAINQUAL_TABLE_SEGMENTS = 2,
  CHAINQUAL_TABLE_INSTITUTIONS = 3,
  CHAINQUAL_TABLE_PROBLEMS = 4,
  CHAINQUAL_TABLE_SCORES = 5,
  CHAINQUAL_TABLE_PROJECTS = 6,
  CHAINQUAL_TABLE_MILESTONES = 7,
  CHAINQUAL_TABLE_RESULTS = 8,
  CHAINQUAL_TABLE_POLICY_TOOLS = 9,
  CHAINQUAL_TABLE_INDICATORS = 10
};

/* An empty chain with its registers. */
CHAINQUAL_API chainqual_status chainqual_chain_create(chainqual_chain** chain, chainqual_error* error);
/* O(1): the content is shared until one of the two changes. */
CHAINQUAL_API chainqual_status chainqual_chain_copy(const chainqual_chain* chain, chainqual_chain** copy,
                                                    chainqual_error* error);
CHAINQUAL_API void chainqual_chain_free(chainqual_chain* chain);
CHAINQUAL_API uint64_t chainqual_chain_count(const chainqual_chain* chain, int32_t table);

CHAINQUAL_API chainqual_status chainqual_chain_set_info(chainqual_chain* chain, const chainqual_chain_info* info,
                                                        chainqual_error* error);
CHAINQUAL_API chainqual_status chainqual_chain_get_info(const chainqual_chain* chain, chainqual_chain_info* info,
                                                        chainqual_error* error);
/* `id`, which may be NULL, receives the position of what was added. CHAINQUAL_MISSING_VALUE (no id),
 * CHAINQUAL_DUPLICATE. On any failure the chain is unchanged. */
CHAINQUAL_API chainqual_status chainqual_chain_add_segment(chainqual_chain* chain, const chainqual_segment* segment,
                                                           uint32_t* id, chainqual_error* error);
CHAINQUAL_API chainqual_status chainqual_chain_add_enterprise(chainqual_chain* chain,
                                                              const chainqual_enterprise* enterprise, uint32_t* id,
                                                              chainqual_error* error);
CHAINQUAL_API chainqual_status chainqual_chain_add_institution(chainqual_chain* chain,
                                                               const chainqual_institution* institution, uint32_t* id,
                                                               chainqual_error* error);
/* `link` NULL: nothing is known of it. CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API chainqual_status chainqual_chain_add_link(chainqual_chain* chain, uint32_t supplier, uint32_t customer,
                                                        const chainqual_link* link, chainqual_error* error);
/* The same by keys. CHAINQUAL_UNKNOWN_REFERENCE, with the nearest keys in the message. */
CHAINQUAL_API chainqual_status chainqual_chain_add_link_by_keys(chainqual_chain* chain, const char* supplier,
                                                                const char* customer, const chainqual_link* link,
                                                                chainqual_error* error);
/* CHAINQUAL_MISSING_VALUE (no number), CHAINQUAL_DUPLICATE; aspect shares: CHAINQUAL_INVALID_VALUE,
 * CHAINQUAL_OVERFLOW. What it refers to is looked up when it is used. */
CHAINQUAL_API chainqual_status chainqual_chain_add_problem(chainqual_chain* chain, const chainqual_problem* problem,
                                                           chainqual_error* error);
CHAINQUAL_API chainqual_status chainqual_chain_add_score(chainqual_chain* chain, const chainqual_score_row* score,
                                                         chainqual_error* error);

/* The enterprise of a key. CHAINQUAL_UNKNOWN_REFERENCE, with the nearest keys in the message. */
CHAINQUAL_API chainqual_status chainqual_chain_find(const chainqual_chain* chain, const char* key, uint32_t* id,
                                                    chainqual_error* error);
/* The one enterprise whose key, credit code or name is `text`: for people's input. CHAINQUAL_NOT_FOUND. */
CHAINQUAL_API chainqual_status chainqual_chain_resolve(const chainqual_chain* chain, const char* text, uint32_t* id,
                                                       chainqual_error* error);
/* An enterprise's record, borrowed; of its lists the counts only. CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API chainqual_status chainqual_chain_get_enterprise(const chainqual_chain* chain, uint32_t id,
                                                              chainqual_enterprise* enterprise, chainqual_error* error);
enum { CHAINQUAL_LIST_SEGMENTS = 0, CHAINQUAL_LIST_PRODUCTS = 1 };
/* One entry of an enterprise's list, borrowed. CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API chainqual_status chainqual_chain_get_item(const chainqual_chain* chain, uint32_t id, int32_t list,
                                                        uint64_t index, const char** item, chainqual_error* error);

typedef struct chainqual_read_options {
  uint32_t struct_size;
  int32_t repair; /* 1: take the safe repairs, each listed as an info finding */
  const char*
      rejects; /* a folder for rows that break a rule, everything else loads; NULL: one error and nothing loads */
} chainqual_read_options;
#define CHAINQUAL_READ_OPTIONS_INIT \
  { sizeof(chainqual_read_options), 0, NULL }

/* A chain folder, or one .json file. All findings of all files go to the control's collector, warnings of a success
 * too. CHAINQUAL_NOT_FOUND, CHAINQUAL_CANCELLED, and the code of the first error found. */
CHAINQUAL_API chainqual_status chainqual_read_chain(const char* path, const chainqual_read_options* options,
                                                    const chainqual_control* control, chainqual_chain** chain,
                                                    chainqual_error* error);
/* The same from `length` bytes of JSON; `file` names them in findings. CHAINQUAL_BAD_SYNTAX,
 * CHAINQUAL_VERSION_MISMATCH, else as chainqual_read_chain. */
CHAINQUAL_API chainqual_status chainqual_chain_from_json(const char* text, uint64_t length, const char* file,
                                                         const chainqual_read_options* options,
                                                         const chainqual_control* control, chainqual_chain** chain,
                                                         chainqual_error* error);
/* CHAINQUAL_INVALID_VALUE: a text is no UTF-8. */
CHAINQUAL_API chainqual_status chainqual_chain_to_json(const chainqual_chain* chain, char* buffer, uint64_t capacity,
                                                       uint64_t* size, chainqual_error* error);
/* A folder, or one file ending in .json or .xlsx, with headings in a language. CHAINQUAL_IO_FAILURE,
 * CHAINQUAL_INVALID_VALUE, CHAINQUAL_LIMIT_EXCEEDED. */
CHAINQUAL_API chainqual_status chainqual_write_chain(const chainqual_chain* chain, const char* path, int32_t language,
                                                     chainqual_error* error);
/* 1 where both say the same, row for row; 0 also where one is NULL. */
CHAINQUAL_API int32_t chainqual_same_content(const chainqual_chain* a, const chainqual_chain* b);

typedef struct chainqual_validate_options {
  uint32_t struct_size;
  int32_t no_missing_codes; /* 1: no warning of enterprises without a credit code */
  int32_t no_similar_names; /* 1: no warning of names alike */
  int32_t no_structure;     /* 1: neither cycles, isolated enterprises, single sources nor reversed stages */
  uint64_t limit;           /* findings kept; 0: 1000 */
} chainqual_validate_options;
#define CHAINQUAL_VALIDATE_OPTIONS_INIT \
  { sizeof(chainqual_validate_options), 0, 0, 0, 0 }
/* Everything that a chain's own rules say against it, in `findings`; a chain with errors is a success of the call.
 * CHAINQUAL_CANCELLED. */
CHAINQUAL_API chainqual_status chainqual_validate(const chainqual_chain* chain,
                                                  const chainqual_validate_options* options,
                                                  const chainqual_control* control, chainqual_findings* findings,
                                                  chainqual_error* error);

/* ---- Structure ---- */

/* Strongly connected components in supply order: component[i] of enterprise i, and how many there are in `count`, which
 * may be NULL. */
CHAINQUAL_API chainqual_status chainqual_strong_components(const chainqual_network* network, uint32_t* component,
                                                           uint64_t capacity, uint64_t* size, uint64_t* count,
                                                           chainqual_error* error);
/* Enterprises in supply order, suppliers before customers. CHAINQUAL_NO_SOLUTION: there is a cycle. */
CHAINQUAL_API chainqual_status chainqual_topological_order(const chainqual_network* network, uint32_t* order,
                                                           uint64_t capacity, uint64_t* size, chainqual_error* error);
/* Where supply begins, ascending. */
CHAINQUAL_API chainqual_status chainqual_supply_sources(const chainqual_network* network, uint32_t* sources,
                                                        uint64_t capacity, uint64_t* size, chainqual_error* error);
/* Where the chain ends, ascending. */
CHAINQUAL_API chainqual_status chainqual_final_enterprises(const chainqual_network* network, uint32_t* finals,
                                                           uint64_t capacity, uint64_t* size, chainqual_error* error);
/* Immediate dominator of each enterprise below `sources` (none given: the supply sources); CHAINQUAL_NONE for roots and
 * those that nothing reaches. CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API chainqual_status chainqual_dominators(const chainqual_network* network, chainqual_u32_column sources,
                                                    uint32_t* immediate, uint64_t capacity, uint64_t* size,
                                                    chainqual_error* error);

typedef struct chainqual_single_point {
  uint32_t enterprise;
  uint32_t cut;       /* enterprises that no source reaches without it */
  uint32_t final_cut; /* those of them that are final */
} chainqual_single_point;
/* Enterprises whose loss cuts final ones (none given: the final enterprises) off from every source; worst first. */
CHAINQUAL_API chainqual_status chainqual_single_points_of_failure(const chainqual_network* network,
                                                                  chainqual_u32_column sources,
                                                                  chainqual_u32_column finals,
                                                                  chainqual_single_point* points, uint64_t capacity,
                                                                  uint64_t* size, chainqual_error* error);

/* Enterprises whose removal splits the undirected chain, ascending. */
CHAINQUAL_API chainqual_status chainqual_articulation_points(const chainqual_network* network, uint32_t* points,
                                                             uint64_t capacity, uint64_t* size, chainqual_error* error);
typedef struct chainqual_relation {
  uint32_t first; /* < second */
  uint32_t second;
} chainqual_relation;
/* Relations whose removal does, ascending. */
CHAINQUAL_API chainqual_status chainqual_bridges(const chainqual_network* network, chainqual_relation* bridges,
                                                 uint64_t capacity, uint64_t* size, chainqual_error* error);

/* How many shortest supply paths pass each enterprise, exactly. With a NULL buffer only the size is found.
 * CHAINQUAL_OVERFLOW, CHAINQUAL_CANCELLED. */
CHAINQUAL_API chainqual_status chainqual_betweenness(const chainqual_network* network, const chainqual_control* control,
                                                     double* values, uint64_t capacity, uint64_t* size,
                                                     chainqual_error* error);
typedef struct chainqual_sampling {
  uint32_t struct_size;
  uint32_t reserved;
  double error;     /* largest error of a share of pairs; 0: 0.01; receives that of `values`, on their scale */
  double failure;   /* probability that some enterprise is off by more; 0: 0.1 */
  uint64_t seed;    /* 0: 1 */
  uint64_t samples; /* receives the number of paths drawn */
} chainqual_sampling;
#define CHAINQUAL_SAMPLING_INIT \
  { sizeof(chainqual_sampling), 0, 0, 0, 0, 0 }
/* The same estimated from random shortest paths; `sampling` may be NULL. CHAINQUAL_INVALID_VALUE, else as above. */
CHAINQUAL_API chainqual_status chainqual_sampled_betweenness(const chainqual_network* network,
                                                             const chainqual_control* control,
                                                             chainqual_sampling* sampling, double* values,
                                                             uint64_t capacity, uint64_t* size, chainqual_error* error);

typedef struct chainqual_single_source {
  uint32_t customer;
  uint32_t supplier;
  uint32_t sector; /* of the supplier, or CHAINQUAL_NONE */
  uint32_t reserved;
  double share; /* of the customer's inputs by value */
} chainqual_single_source;
/* Inputs that a customer has from one supplier only, by customer, then supplier. */
CHAINQUAL_API chainqual_status chainqual_single_sources(const chainqual_network* network,
                                                        chainqual_single_source* sources, uint64_t capacity,
                                                        uint64_t* size, chainqual_error* error);
typedef struct chainqual_concentration {
  uint32_t customer;
  uint32_t sector; /* or CHAINQUAL_NONE */
  uint32_t suppliers;
  uint32_t reserved;
  double herfindahl; /* of the suppliers' shares by value */
} chainqual_concentration;
/* How a customer's purchases from each sector are spread over its suppliers there. */
CHAINQUAL_API chainqual_status chainqual_supplier_concentration(const chainqual_network* network,
                                                                chainqual_concentration* inputs, uint64_t capacity,
                                                                uint64_t* size, chainqual_error* error);
typedef struct chainqual_region_share {
  uint32_t segment; /* CHAINQUAL_NONE: the whole chain, which comes first */
  uint32_t enterprises;
  double share;      /* of the segment's weight */
  double herfindahl; /* of the segment */
  char region[16];   /* GB/T 2260 province code, "" where not given */
} chainqual_region_share;
/* How far the chain, and each of its segments, sits in few regions: a row for each region of each. */
CHAINQUAL_API chainqual_status chainqual_region_concentration(const chainqual_chain* chain,
                                                              chainqual_region_share* shares, uint64_t capacity,
                                                              uint64_t* size, chainqual_error* error);

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

/* ---- The other models ---- */

/* One result struct and one rule for all of them: see chainqual_propagation. Options NULL: the defaults. Beside the
 * statuses of chainqual_linear: CHAINQUAL_OUT_OF_RANGE for disruptions of enterprises beyond the network. */

/* The generalised Leontief cascade: see chainqual_cascade_options. */
CHAINQUAL_API chainqual_status chainqual_cascade(const chainqual_network* network, const double* shock,
                                                 uint64_t shock_count, const chainqual_cascade_options* options,
                                                 const chainqual_control* control, chainqual_propagation* result,
                                                 chainqual_error* error);

typedef struct chainqual_contagion_options {
  uint32_t struct_size;
  uint32_t directions;
  uint64_t runs;      /* 0: 1024 */
  uint64_t first_run; /* run r draws the same whatever other runs are made */
  uint64_t seed;      /* 0: 1 */
  uint32_t max_steps; /* 0: until nobody new is hit */
  uint32_t reserved;
  double level;                                 /* confidence of the intervals; 0: 0.95 */
  chainqual_real_column quantiles;              /* not given: 0.05, 0.25, 0.5, 0.75, 0.95 */
  chainqual_real_column weight;                 /* [n] in totals */
  chainqual_real_column downstream_probability; /* [m] by link; not given: dependency x escape */
  chainqual_real_column upstream_probability;   /* [m] by link; not given: the link's share of the supplier's sales */
} chainqual_contagion_options;
#define CHAINQUAL_CONTAGION_OPTIONS_INIT                                                                           \
  {                                                                                                                \
    sizeof(chainqual_contagion_options), 0, 0, 0, 0, 0, 0, 0, {NULL, NULL, 0}, {NULL, NULL, 0}, {NULL, NULL, 0}, { \
      NULL, NULL, 0                                                                                                \
    }                                                                                                              \
  }
/* Chances of being hit, by independent cascades: `start` holds each enterprise's chance to be hit at the outset. */
CHAINQUAL_API chainqual_status chainqual_contagion(const chainqual_network* network, const double* start,
                                                   uint64_t start_count, const chainqual_contagion_options* options,
                                                   const chainqual_control* control, chainqual_propagation* result,
                                                   chainqual_error* error);

/* The form of DebtRank: 2015, every further fall is handed on; or 2012, each enterprise hands on once. */
enum { CHAINQUAL_DISTRESS_UNLIMITED = 0, CHAINQUAL_DISTRESS_ONCE = 1 };
typedef struct chainqual_distress_options {
  uint32_t struct_size;
  int32_t variant;
  uint32_t directions;
  uint32_t max_steps;         /* 0: 10,000 */
  double tolerance;           /* 0: 1e-9 */
  int32_t no_spectral_radius; /* 1: it is not sought, which takes its time */
  uint32_t reserved;
  chainqual_real_column downstream_exposure; /* [m] by link; not given: dependency x escape */
  chainqual_real_column upstream_exposure;   /* [m] by link; not given: the link's share of the supplier's sales */
  chainqual_real_column weight;              /* [n] in totals */
} chainqual_distress_options;
#define CHAINQUAL_DISTRESS_OPTIONS_INIT                                                       \
  {                                                                                           \
    sizeof(chainqual_distress_options), 0, 0, 0, 0, 0, 0, {NULL, NULL, 0}, {NULL, NULL, 0}, { \
      NULL, NULL, 0                                                                           \
    }                                                                                         \
  }
CHAINQUAL_API chainqual_status chainqual_distress(const chainqual_network* network, const double* shock,
                                                  uint64_t shock_count, const chainqual_distress_options* options,
                                                  const chainqual_control* control, chainqual_propagation* result,
                                                  chainqual_error* error);

enum {
  CHAINQUAL_RECOVERY_STEP = 0,
  CHAINQUAL_RECOVERY_LINEAR = 1,
  CHAINQUAL_RECOVERY_EXPONENTIAL = 2,
  CHAINQUAL_RECOVERY_S_CURVE = 3,
  CHAINQUAL_RECOVERY_TABLE = 4
};
#define CHAINQUAL_PERMANENT 0xFFFFFFFFu /* a duration: it never heals */

/* Capacity that one enterprise loses for a time. */
typedef struct chainqual_disruption {
  uint32_t enterprise;
  uint32_t start;    /* first day, from 0 */
  uint32_t duration; /* days at full magnitude, >= 1 */
  int32_t recovery;
  double magnitude;     /* share of capacity lost, in [0, 1] */
  double recovery_days; /* of linear, exponential and s_curve */
  const double* table;  /* of the kind table: shares of the magnitude still lost, one a day */
  uint64_t table_count;
} chainqual_disruption;

enum {
  CHAINQUAL_RATIONING_PROPORTIONAL = 0,
  CHAINQUAL_RATIONING_HOUSEHOLDS_LAST = 1,
  CHAINQUAL_RATIONING_LOWEST_RELATIVE_ORDER_FIRST = 2
};
enum {
  CHAINQUAL_INPUTS_AUTOMATIC = 0,
  CHAINQUAL_INPUTS_GIVEN = 1,
  CHAINQUAL_INPUTS_SECTOR = 2,
  CHAINQUAL_INPUTS_SEGMENT = 3,
  CHAINQUAL_INPUTS_ENTERPRISE = 4
};
/* Enterprises that hold stocks of inputs and order from their suppliers, day by day. */
typedef struct chainqual_dynamics_options {
  uint32_t struct_size;
  uint32_t days;                         /* 0: 365 */
  double stock_days;                     /* target stock of every input, in days of use; 0: 15 */
  chainqual_real_column stock_days_each; /* [n] in place of it */
  int32_t poisson_stock;                 /* 1: drawn from a Poisson law of that mean */
  int32_t rationing;                     /* who goes short */
  double poisson_floor;                  /* 0: 4 */
  uint64_t seed;                         /* 0: 1 */
  double smoothing_days;                 /* a gap in stock is ordered over so many days; 0: 6 */
  int32_t inputs;                        /* which inputs stand in for one another: CHAINQUAL_INPUTS_... */
  uint32_t record_every;                 /* days between records of every enterprise's level; 0: none */
  chainqual_u32_column sectors;          /* [n] for CHAINQUAL_INPUTS_GIVEN */
  chainqual_real_column final_demand;    /* [n] a year; not given: what is bought and not sold in the chain */
  double days_per_year;                  /* of the links' values; 0: 365 */
  double working_level;                  /* below it an enterprise counts as failing; 0: 0.95 */
  double settled_change;                 /* 0: 1e-6 */
  chainqual_real_column weight;          /* [n] in totals */
} chainqual_dynamics_options;
#define CHAINQUAL_DYNAMICS_OPTIONS_INIT                                                                               \
  {                                                                                                                   \
    sizeof(chainqual_dynamics_options), 0, 0, {NULL, NULL, 0}, 0, 0, 0, 0, 0, 0, 0, {NULL, 0}, {NULL, NULL, 0}, 0, 0, \
        0, {                                                                                                          \
      NULL, NULL, 0                                                                                                   \
    }                                                                                                                 \
  }
CHAINQUAL_API chainqual_status chainqual_dynamics(const chainqual_network* network,
                                                  const chainqual_disruption* disruptions, uint64_t disruption_count,
                                                  const chainqual_dynamics_options* options,
                                                  const chainqual_control* control, chainqual_propagation* result,
                                                  chainqual_error* error);

/* The dynamic inoperability input-output model. */
typedef struct chainqual_inoperability_options {
  uint32_t struct_size;
  uint32_t directions;
  uint32_t days;                            /* 0: 365 */
  uint32_t steps_per_day;                   /* 0: 1 */
  int32_t uncapped;                         /* 0: inoperability ends at 1 */
  uint32_t record_every;                    /* days between records of every enterprise; 0: none */
  chainqual_real_column initial;            /* [n] in [0, 1] */
  chainqual_real_column resilience;         /* [n] > 0 a day; not given: from the recovery days */
  double recovery_days;                     /* 0: 30 */
  chainqual_real_column recovery_days_each; /* [n] in place of it */
  double recovered_share;                   /* what is left after these days; 0: 0.01 */
  double settled_change;                    /* 0: 1e-9 */
  chainqual_real_column weight;             /* [n] in totals */
} chainqual_inoperability_options;
#define CHAINQUAL_INOPERABILITY_OPTIONS_INIT                                                                         \
  {                                                                                                                  \
    sizeof(chainqual_inoperability_options), 0, 0, 0, 0, 0, {NULL, NULL, 0}, {NULL, NULL, 0}, 0, {NULL, NULL, 0}, 0, \
        0, {                                                                                                         \
      NULL, NULL, 0                                                                                                  \
    }                                                                                                                \
  }
CHAINQUAL_API chainqual_status chainqual_inoperability(const chainqual_network* network,
                                                       const chainqual_disruption* disruptions,
                                                       uint64_t disruption_count,
                                                       const chainqual_inoperability_options* options,
                                                       const chainqual_control* control, chainqual_propagation* result,
                                                       chainqual_error* error);

/* What each enterprise's standstill would cost, by the uncapped linear model: one adjoint solve for all. `weight` not
 * given: the default weights. CHAINQUAL_NO_SOLUTION, CHAINQUAL_NOT_CONVERGED, else as chainqual_linear. */
CHAINQUAL_API chainqual_status chainqual_linear_importance(const chainqual_network* network,
                                                           chainqual_real_column weight, int32_t along,
                                                           const chainqual_linear_options* options,
                                                           const chainqual_control* control, double* importance,
                                                           uint64_t capacity, uint64_t* size, chainqual_error* error);

/* ---- Scenarios, and any model by one call ---- */

enum {
  CHAINQUAL_MODEL_LINEAR = 0,
  CHAINQUAL_MODEL_CASCADE = 1,
  CHAINQUAL_MODEL_CONTAGION = 2,
  CHAINQUAL_MODEL_DISTRESS = 3,
  CHAINQUAL_MODEL_DYNAMICS = 4,
  CHAINQUAL_MODEL_INOPERABILITY = 5
};
/* A model and how it runs. The options of the others are not read; NULL: the defaults. */
typedef struct chainqual_model_options {
  uint32_t struct_size;
  int32_t model;
  const chainqual_linear_options* linear;
  const chainqual_cascade_options* cascade;
  const chainqual_contagion_options* contagion;
  const chainqual_distress_options* distress;
  const chainqual_dynamics_options* dynamics;
  const chainqual_inoperability_options* inoperability;
} chainqual_model_options;
#define CHAINQUAL_MODEL_OPTIONS_INIT \
  { sizeof(chainqual_model_options), 0, NULL, NULL, NULL, NULL, NULL, NULL }

typedef struct chainqual_scenarios chainqual_scenarios;
typedef struct chainqual_placed_scenario chainqual_placed_scenario;
struct chainqual_assess_options; /* see Assessment */

/* Scenarios from `length` bytes of JSON, or from a file. CHAINQUAL_BAD_SYNTAX, CHAINQUAL_UNKNOWN_COLUMN,
 * CHAINQUAL_MISSING_VALUE, CHAINQUAL_DUPLICATE, CHAINQUAL_INVALID_VALUE with all findings; CHAINQUAL_NOT_FOUND,
 * CHAINQUAL_IO_FAILURE. */
CHAINQUAL_API chainqual_status chainqual_scenarios_from_json(const char* text, uint64_t length, const char* file,
                                                             const chainqual_control* control,
                                                             chainqual_scenarios** scenarios, chainqual_error* error);
CHAINQUAL_API chainqual_status chainqual_read_scenarios(const char* path, const chainqual_control* control,
                                                        chainqual_scenarios** scenarios, chainqual_error* error);
CHAINQUAL_API void chainqual_scenarios_free(chainqual_scenarios* scenarios);
CHAINQUAL_API uint64_t chainqual_scenarios_size(const chainqual_scenarios* scenarios);
/* A scenario's name, borrowed. CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API chainqual_status chainqual_scenarios_name(const chainqual_scenarios* scenarios, uint64_t index,
                                                        int32_t language, const char** name, chainqual_error* error);

/* The scenario of shocks that begin on day 0 and never heal. */
CHAINQUAL_API chainqual_status chainqual_lasting(const double* shock, uint64_t shock_count,
                                                 chainqual_placed_scenario** placed, chainqual_error* error);
/* The scenario of disruptions among `enterprises`. CHAINQUAL_OUT_OF_RANGE, CHAINQUAL_INVALID_VALUE. */
CHAINQUAL_API chainqual_status chainqual_placed_scenario_create(uint64_t enterprises,
                                                                const chainqual_disruption* disruptions,
                                                                uint64_t disruption_count,
                                                                chainqual_placed_scenario** placed,
                                                                chainqual_error* error);
/* Where scenario `index` falls on a chain. `options`, which may be NULL, say how problems are graded and located.
 * CHAINQUAL_UNKNOWN_REFERENCE, CHAINQUAL_MISSING_VALUE, CHAINQUAL_INVALID_VALUE with all findings. */
CHAINQUAL_API chainqual_status chainqual_place(const chainqual_chain* chain, const chainqual_scenarios* scenarios,
                                               uint64_t index, const struct chainqual_assess_options* options,
                                               const chainqual_control* control, chainqual_placed_scenario** placed,
                                               chainqual_error* error);
CHAINQUAL_API void chainqual_placed_scenario_free(chainqual_placed_scenario* placed);
/* All its shocks at full magnitude, by enterprise. */
CHAINQUAL_API chainqual_status chainqual_placed_scenario_shock(const chainqual_placed_scenario* placed, double* shock,
                                                               uint64_t capacity, uint64_t* size,
                                                               chainqual_error* error);

typedef struct chainqual_model_run chainqual_model_run;

/* Runs a scenario through the model that the options name; the model's own function gives the same bits. Statuses are
 * the model's. */
CHAINQUAL_API chainqual_status chainqual_propagate(const chainqual_network* network,
                                                   const chainqual_placed_scenario* scenario,
                                                   const chainqual_model_options* options,
                                                   const chainqual_control* control, chainqual_model_run** run,
                                                   chainqual_error* error);
CHAINQUAL_API void chainqual_model_run_free(chainqual_model_run* run);
/* The losses; see chainqual_propagation. */
CHAINQUAL_API chainqual_status chainqual_model_run_losses(const chainqual_model_run* run, chainqual_propagation* losses,
                                                          chainqual_error* error);

/* What models give beside losses. By enterprise where nothing else is said; single numbers are columns of one entry.
 * A column that the run's model does not have is CHAINQUAL_NOT_FOUND. */
enum {
  /* double */
  CHAINQUAL_COLUMN_DAILY = 0,           /* [days] share of usual working left; dynamics, inoperability */
  CHAINQUAL_COLUMN_SPECTRAL_RADIUS = 1, /* [2] downstream, upstream, NaN where not found; linear, distress */
  CHAINQUAL_COLUMN_LACK = 2,            /* share of work that the binding input withholds; cascade */
  CHAINQUAL_COLUMN_DOWNSTREAM_LOW = 3,  /* interval of the chance of being hit; contagion, to 10 */
  CHAINQUAL_COLUMN_DOWNSTREAM_HIGH = 4,
  CHAINQUAL_COLUMN_UPSTREAM_LOW = 5,
  CHAINQUAL_COLUMN_UPSTREAM_HIGH = 6,
  CHAINQUAL_COLUMN_COMBINED_LOW = 7,
  CHAINQUAL_COLUMN_COMBINED_HIGH = 8,
  CHAINQUAL_COLUMN_RUN_SHARE = 9,           /* [runs] weight hit in each run, both directions together */
  CHAINQUAL_COLUMN_SHARE_QUANTILES = 10,    /* of it, at the shares asked for */
  CHAINQUAL_COLUMN_DEBTRANK = 11,           /* [1] distress, to 13 */
  CHAINQUAL_COLUMN_DOWNSTREAM_HISTORY = 12, /* [steps + 1] total after each step */
  CHAINQUAL_COLUMN_UPSTREAM_HISTORY = 13,
  CHAINQUAL_COLUMN_BY_CAPACITY = 14, /* parts of the combined loss; dynamics, to 28 */
  CHAINQUAL_COLUMN_BY_INPUTS = 15,
  CHAINQUAL_COLUMN_BY_ORDERS = 16,
  CHAINQUAL_COLUMN_LAST_LEVEL = 17,   /* produced / usual on the last day */
  CHAINQUAL_COLUMN_PEAK_ORDERS = 18,  /* most asked for in a day, as a multiple of the usual */
  CHAINQUAL_COLUMN_DAY_PRODUCED = 19, /* [days] of the whole chain, to 23 */
  CHAINQUAL_COLUMN_DAY_VALUE_ADDED = 20,
  CHAINQUAL_COLUMN_DAY_STOCKS = 21,
  CHAINQUAL_COLUMN_DAY_UNMET_FINAL = 22,
  CHAINQUAL_COLUMN_DAY_UNMET_ORDERS = 23,
  CHAINQUAL_COLUMN_LEVELS = 24,      /* [records * n] every record_every days; inoperability too */
  CHAINQUAL_COLUMN_LOST_OUTPUT = 25, /* [1] over the horizon, to 27 */
  CHAINQUAL_COLUMN_LOST_VALUE_ADDED = 26,
  CHAINQUAL_COLUMN_UNMET_FINAL = 27,
  CHAINQUAL_COLUMN_USUAL_PRODUCED = 28,  /* [1] of a day without disruption */
  CHAINQUAL_COLUMN_LAST_DOWNSTREAM = 29, /* at the end of the horizon; inoperability, to 36 */
  CHAINQUAL_COLUMN_LAST_UPSTREAM = 30,
  CHAINQUAL_COLUMN_PEAK = 31,
  CHAINQUAL_COLUMN_RESILIENCE = 32,
  CHAINQUAL_COLUMN_DAY_DOWNSTREAM = 33, /* [days] of the whole chain, to 35 */
  CHAINQUAL_COLUMN_DAY_UPSTREAM = 34,
  CHAINQUAL_COLUMN_DAY_COMBINED = 35,
  CHAINQUAL_COLUMN_ECONOMIC_LOSS = 36, /* [1] */
  /* uint32_t */
  CHAINQUAL_COLUMN_BOUND = 100,            /* 0 nothing, 1 own shock, 2 an essential input, 3 ordinary ones; cascade */
  CHAINQUAL_COLUMN_BINDING_SUPPLIER = 101, /* or CHAINQUAL_NONE */
  CHAINQUAL_COLUMN_BINDING_SECTOR = 102,   /* or CHAINQUAL_NONE */
  CHAINQUAL_COLUMN_RUN_ENTERPRISES = 103,  /* [runs] how many were hit in each, both directions; contagion */
  CHAINQUAL_COLUMN_SURVIVE_DAYS = 104,     /* days to the first below the working level, 2^32 - 1 never; dynamics */
  CHAINQUAL_COLUMN_RECOVER_DAYS = 105,     /* from there until it stays above; dynamics */
  /* uint64_t */
  CHAINQUAL_COLUMN_DOWNSTREAM_HITS = 200, /* runs in which each was hit; contagion */
  CHAINQUAL_COLUMN_UPSTREAM_HITS = 201,
  CHAINQUAL_COLUMN_COMBINED_HITS = 202
};
CHAINQUAL_API chainqual_status chainqual_model_run_f64(const chainqual_model_run* run, int32_t column, double* values,
                                                       uint64_t capacity, uint64_t* size, chainqual_error* error);
CHAINQUAL_API chainqual_status chainqual_model_run_u32(const chainqual_model_run* run, int32_t column, uint32_t* values,
                                                       uint64_t capacity, uint64_t* size, chainqual_error* error);
CHAINQUAL_API chainqual_status chainqual_model_run_u64(const chainqual_model_run* run, int32_t column, uint64_t* values,
                                                       uint64_t capacity, uint64_t* size, chainqual_error* error);
/* What a reader must know of this run: how many notes, and one of them, borrowed. CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API uint64_t chainqual_model_run_notes(const chainqual_model_run* run);
CHAINQUAL_API chainqual_status chainqual_model_run_note(const chainqual_model_run* run, uint64_t index,
                                                        int32_t language, const char** note, chainqual_error* error);

/* ---- Explanation ---- */

typedef struct chainqual_explanation chainqual_explanation;

typedef struct chainqual_why_options {
  uint32_t struct_size;
  int32_t along;             /* whose loss is explained: CHAINQUAL_ALONG_... */
  int32_t paths;             /* at most so many; 0: 3, below 0: none */
  uint32_t separate_sources; /* weaker sources beyond so many form one part; 0: 1000 */
} chainqual_why_options;
#define CHAINQUAL_WHY_OPTIONS_INIT \
  { sizeof(chainqual_why_options), 0, 0, 0 }

enum {
  CHAINQUAL_HOLDS_NOTHING = 0,
  CHAINQUAL_HOLDS_OWN_SHOCK = 1,
  CHAINQUAL_HOLDS_ARRIVALS = 2,
  CHAINQUAL_HOLDS_ESSENTIAL = 3,
  CHAINQUAL_HOLDS_ORDINARY = 4,
  CHAINQUAL_HOLDS_STOCKS = 5,
  CHAINQUAL_HOLDS_ORDERS = 6
};
enum {
  CHAINQUAL_SPLIT_SUPERPOSITION = 0,
  CHAINQUAL_SPLIT_REMOVE_ONE = 1,
  CHAINQUAL_SPLIT_ALONE = 2,
  CHAINQUAL_SPLIT_EQUAL = 3
};
/* The figures of an explanation. */
typedef struct chainqual_why_figures {
  uint32_t struct_size;
  uint32_t enterprise;
  int32_t model;
  int32_t along;
  double loss;
  double own;         /* its own shock */
  double arrived;     /* from its neighbours, before the cap */
  int32_t capped;     /* own + arrived exceeded 1 */
  int32_t holds;      /* what holds it down most */
  int32_t rule;       /* how the loss was split among its sources */
  uint32_t neighbour; /* through whom most comes, or CHAINQUAL_NONE */
  double neighbour_loss;
  uint32_t segment; /* that hands over most, or CHAINQUAL_NONE */
  uint32_t sector;  /* kind of goods that is short, or CHAINQUAL_NONE */
  double segment_loss;
  uint64_t runs; /* contagion: > 0, with the interval of the loss */
  double low;
  double high;
  uint32_t days; /* dynamics, inoperability: > 0, with the worst day and the loss on it */
  uint32_t worst_day;
  double worst_loss;
} chainqual_why_figures;
#define CHAINQUAL_WHY_FIGURES_INIT \
  { sizeof(chainqual_why_figures), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/* A source's part of a loss; all parts sum to the loss. */
typedef struct chainqual_source_share {
  uint32_t source; /* CHAINQUAL_NONE: all that were not told apart */
  uint32_t reserved;
  double shock;
  double loss;
  double share;
  double difference; /* the unscaled fall of the loss without it */
} chainqual_source_share;

/* Why an enterprise loses what it loses under a scenario. `chain`, whose network it is, names the enterprises in the
 * sentence; NULL: they are numbered. CHAINQUAL_OUT_OF_RANGE, and the model's statuses. */
CHAINQUAL_API chainqual_status chainqual_why(const chainqual_network* network,
                                             const chainqual_placed_scenario* scenario, uint32_t enterprise,
                                             const chainqual_model_options* model, const chainqual_why_options* options,
                                             const chainqual_chain* chain, const chainqual_control* control,
                                             chainqual_explanation** explanation, chainqual_error* error);
CHAINQUAL_API void chainqual_explanation_free(chainqual_explanation* explanation);
CHAINQUAL_API chainqual_status chainqual_explanation_figures(const chainqual_explanation* explanation,
                                                             chainqual_why_figures* figures, chainqual_error* error);
/* Largest part first. */
CHAINQUAL_API chainqual_status chainqual_explanation_sources(const chainqual_explanation* explanation,
                                                             chainqual_source_share* sources, uint64_t capacity,
                                                             uint64_t* size, chainqual_error* error);
/* How many paths there are, most loss first, and one of them: the source first, the explained enterprise last; the
 * product of the link weights, and the loss that it carries, both of which may be NULL. CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API uint64_t chainqual_explanation_paths(const chainqual_explanation* explanation);
CHAINQUAL_API chainqual_status chainqual_explanation_path(const chainqual_explanation* explanation, uint64_t index,
                                                          uint32_t* enterprises, uint64_t capacity, uint64_t* size,
                                                          double* passed, double* loss, chainqual_error* error);
/* The whole in one sentence, borrowed. */
CHAINQUAL_API chainqual_status chainqual_explanation_sentence(const chainqual_explanation* explanation,
                                                              int32_t language, const char** sentence,
                                                              chainqual_error* error);
CHAINQUAL_API uint64_t chainqual_explanation_notes(const chainqual_explanation* explanation);
CHAINQUAL_API chainqual_status chainqual_explanation_note(const chainqual_explanation* explanation, uint64_t index,
                                                          int32_t language, const char** note, chainqual_error* error);
/* All of it as a JSON object; see <chainqual/io/why_json.hpp>. */
CHAINQUAL_API chainqual_status chainqual_why_json(const chainqual_explanation* explanation, char* buffer,
                                                  uint64_t capacity, uint64_t* size, chainqual_error* error);

/* ---- Assessment ---- */

enum { CHAINQUAL_LOSS_DOWNSTREAM = 0, CHAINQUAL_LOSS_UPSTREAM = 1, CHAINQUAL_LOSS_COMBINED = 2 };
enum { CHAINQUAL_STARS_MIDDLE = 0, CHAINQUAL_STARS_LOWEST = 1 };
enum { CHAINQUAL_SEGMENT_SHOCK_WHOLE = 0, CHAINQUAL_SEGMENT_SHOCK_BY_WEIGHT = 1 };

typedef struct chainqual_assess_options {
  uint32_t struct_size;
  int32_t measure;                      /* loss that evidence and rankings go by: CHAINQUAL_LOSS_... */
  const chainqual_panel_rule* panel;    /* how several experts' scores become one */
  const chainqual_model_options* model; /* NULL: the linear model */
  const chainqual_scenarios* scenarios; /* propagated beside the problems */
  const double* ungraded;               /* magnitude of problems without a grade; NULL: they shock nobody */
  int32_t stars;                        /* total that stands for declared stars: middle or lowest of the band */
  int32_t segment_shock;                /* problems that name no enterprise: whole, or by weight */
  int32_t home_segment_only;
  int32_t include_solved;
  int32_t no_stability;        /* 1: no weight vectors are drawn */
  uint32_t stability_draws;    /* 0: 10,000 */
  uint64_t seed;               /* of these draws; 0: 1 */
  double lowest_total;         /* severity total whose shock is 0; 0: 1 */
  double highest_total;        /* severity total whose shock is 1; 0: 5 */
  double least_loss;           /* a smaller one does not count as hit; 0: 0.05 */
  double segments_systemic;    /* diffusion 5; 0: 0.5 */
  double enterprises_systemic; /* diffusion 5; 0: 0.3 */
  double segments_major;       /* diffusion 4; 0: 0.25 */
  double products_major;       /* diffusion 4; 0: 0.5 */
} chainqual_assess_options;
#define CHAINQUAL_ASSESS_OPTIONS_INIT \
  { sizeof(chainqual_assess_options), 0, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

typedef struct chainqual_report chainqual_report;

/* Grades every problem, propagates each alone and all at once, and tabulates what is lost where. The report keeps the
 * chain's content of this moment. CHAINQUAL_UNKNOWN_REFERENCE, CHAINQUAL_INVALID_VALUE, CHAINQUAL_DUPLICATE with
 * findings, the model's statuses, CHAINQUAL_CANCELLED. */
CHAINQUAL_API chainqual_status chainqual_assess(const chainqual_chain* chain, const chainqual_assess_options* options,
                                                const chainqual_control* control, chainqual_report** report,
                                                chainqual_error* error);
CHAINQUAL_API void chainqual_report_free(chainqual_report* report);

/* The whole chain under all problems at once. */
typedef struct chainqual_report_figures {
  uint32_t struct_size;
  uint32_t enterprises;
  uint64_t links;
  uint64_t problems;
  uint64_t ungraded;      /* problems without any grade */
  uint64_t without_shock; /* problems that shock nobody */
  uint64_t experts;
  double downstream; /* weighted mean losses of the whole chain */
  double upstream;
  double combined;
  double all_kept_share; /* drawn weights under which every scored problem keeps its grade; NaN where none */
  uint64_t links_documented;
  uint64_t links_inferred;
  uint64_t links_used_documented; /* over which loss runs */
  uint64_t links_used_inferred;
} chainqual_report_figures;
#define CHAINQUAL_REPORT_FIGURES_INIT \
  { sizeof(chainqual_report_figures), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
CHAINQUAL_API chainqual_status chainqual_report_get_figures(const chainqual_report* report,
                                                            chainqual_report_figures* figures, chainqual_error* error);
/* Losses under all problems at once, by enterprise, and the shock of all. */
CHAINQUAL_API chainqual_status chainqual_report_losses(const chainqual_report* report, chainqual_propagation* losses,
                                                       chainqual_error* error);
CHAINQUAL_API chainqual_status chainqual_report_shock(const chainqual_report* report, double* shock, uint64_t capacity,
                                                      uint64_t* size, chainqual_error* error);

/* The tables: graded_problems, impact_by_enterprise, impact_by_segment, impact_by_product, impact_by_stage,
 * impact_by_aspect, impact_by_scenario. Names of tables and columns are keys, the same in every language; see
 * <chainqual/io/report.hpp>. */
enum {
  CHAINQUAL_CELLS_EMPTY = 0, /* no cell of the column is filled */
  CHAINQUAL_CELLS_TEXT = 1,
  CHAINQUAL_CELLS_NUMBER = 2, /* doubles */
  CHAINQUAL_CELLS_EXACT = 3,  /* decimals: as text exact, as numbers the nearest double */
  CHAINQUAL_CELLS_GRADE = 4   /* as text the grade's key, as numbers its stars */
};
typedef struct chainqual_table_info {
  uint32_t struct_size;
  uint32_t reserved;
  const char* name; /* borrowed, as are the others */
  const char* name_zh;
  const char* name_en;
  uint64_t columns;
  uint64_t rows;
} chainqual_table_info;
#define CHAINQUAL_TABLE_INFO_INIT \
  { sizeof(chainqual_table_info), 0, NULL, NULL, NULL, 0, 0 }
typedef struct chainqual_column_info {
  uint32_t struct_size;
  int32_t cells;    /* CHAINQUAL_CELLS_... */
  const char* name; /* borrowed, as are the others */
  const char* name_zh;
  const char* name_en;
} chainqual_column_info;
#define CHAINQUAL_COLUMN_INFO_INIT \
  { sizeof(chainqual_column_info), 0, NULL, NULL, NULL }
CHAINQUAL_API uint64_t chainqual_report_tables(const chainqual_report* report);
/* CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API chainqual_status chainqual_report_table(const chainqual_report* report, uint64_t table,
                                                      chainqual_table_info* info, chainqual_error* error);
CHAINQUAL_API chainqual_status chainqual_report_column(const chainqual_report* report, uint64_t table, uint64_t column,
                                                       chainqual_column_info* info, chainqual_error* error);
/* The positions of names. CHAINQUAL_NOT_FOUND. */
CHAINQUAL_API chainqual_status chainqual_report_find(const chainqual_report* report, const char* table,
                                                     const char* column, uint64_t* table_index, uint64_t* column_index,
                                                     chainqual_error* error);
/* A column as numbers; NaN for texts and empty cells. CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API chainqual_status chainqual_report_numbers(const chainqual_report* report, uint64_t table, uint64_t column,
                                                        double* values, uint64_t capacity, uint64_t* size,
                                                        chainqual_error* error);
/* A cell as text; "" for an empty one. CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API chainqual_status chainqual_report_text(const chainqual_report* report, uint64_t table, uint64_t column,
                                                     uint64_t row, char* buffer, uint64_t capacity, uint64_t* size,
                                                     chainqual_error* error);
/* What the figures rest on beyond the data: how many sentences, and one of them, borrowed. CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API uint64_t chainqual_report_assumptions(const chainqual_report* report);
CHAINQUAL_API chainqual_status chainqual_report_assumption(const chainqual_report* report, uint64_t index,
                                                           int32_t language, const char** sentence,
                                                           chainqual_error* error);
/* The whole report as one JSON object. */
CHAINQUAL_API chainqual_status chainqual_report_json(const chainqual_report* report, char* buffer, uint64_t capacity,
                                                     uint64_t* size, chainqual_error* error);
/* All files of a report into an existing folder: CSV, XLSX in a language, JSON. CHAINQUAL_NOT_FOUND,
 * CHAINQUAL_IO_FAILURE, CHAINQUAL_CANCELLED. */
CHAINQUAL_API chainqual_status chainqual_write_report(const chainqual_report* report, const char* folder,
                                                      int32_t language, const chainqual_control* control,
                                                      chainqual_error* error);

/* ---- Criticality ---- */

typedef struct chainqual_criticality_options {
  uint32_t struct_size;
  uint32_t exact_betweenness; /* exact for networks of up to so many enterprises, else sampled; 0: 20,000 */
  const chainqual_systemic_risk_options* risk; /* neither `enterprises` nor `scenarios` given */
  double sampling_error;                       /* 0: 0.01 */
  double sampling_failure;                     /* 0: 0.1 */
  uint64_t seed;                               /* 0: 1 */
  double high; /* at or above this share a measure calls an enterprise critical; 0: 0.9 */
  double low;  /* at or below it harmless; 0: 0.5 */
} chainqual_criticality_options;
#define CHAINQUAL_CRITICALITY_OPTIONS_INIT \
  { sizeof(chainqual_criticality_options), 0, NULL, 0, 0, 0, 0, 0 }

typedef struct chainqual_criticality_table chainqual_criticality_table;

typedef struct chainqual_criticality_figures {
  uint32_t struct_size;
  uint32_t disagreements;
  uint64_t rows;
  double betweenness_error; /* of the share of pairs; 0 where exact */
  int32_t betweenness_exact;
  int32_t importance_exists; /* 0: the uncapped linear model has no solution here */
} chainqual_criticality_figures;
#define CHAINQUAL_CRITICALITY_FIGURES_INIT \
  { sizeof(chainqual_criticality_figures), 0, 0, 0, 0, 0 }

enum {
  /* double */
  CHAINQUAL_CRITICALITY_SYSTEMIC_RISK = 0,
  CHAINQUAL_CRITICALITY_RISK_DOWNSTREAM = 1,
  CHAINQUAL_CRITICALITY_RISK_UPSTREAM = 2,
  CHAINQUAL_CRITICALITY_IMPORTANCE = 3,  /* NaN where that model has no solution */
  CHAINQUAL_CRITICALITY_BETWEENNESS = 4, /* share of all pairs */
  CHAINQUAL_CRITICALITY_OWN_CONCENTRATION = 5,
  CHAINQUAL_CRITICALITY_SIZE = 6,
  /* uint32_t */
  CHAINQUAL_CRITICALITY_ENTERPRISE = 100,
  CHAINQUAL_CRITICALITY_CUT = 101,
  CHAINQUAL_CRITICALITY_FINAL_CUT = 102,
  CHAINQUAL_CRITICALITY_SOLE_SOURCE = 103,
  CHAINQUAL_CRITICALITY_JOINT = 104,
  CHAINQUAL_CRITICALITY_DISAGREE = 105
};
/* Every enterprise by every measure, by systemic risk descending. Statuses as chainqual_systemic_risk and
 * chainqual_betweenness. */
CHAINQUAL_API chainqual_status chainqual_criticality(const chainqual_network* network,
                                                     const chainqual_criticality_options* options,
                                                     const chainqual_control* control,
                                                     chainqual_criticality_table** table, chainqual_error* error);
CHAINQUAL_API void chainqual_criticality_table_free(chainqual_criticality_table* table);
CHAINQUAL_API chainqual_status chainqual_criticality_table_figures(const chainqual_criticality_table* table,
                                                                   chainqual_criticality_figures* figures,
                                                                   chainqual_error* error);
/* CHAINQUAL_NOT_FOUND: no such column. */
CHAINQUAL_API chainqual_status chainqual_criticality_table_f64(const chainqual_criticality_table* table, int32_t column,
                                                               double* values, uint64_t capacity, uint64_t* size,
                                                               chainqual_error* error);
CHAINQUAL_API chainqual_status chainqual_criticality_table_u32(const chainqual_criticality_table* table, int32_t column,
                                                               uint32_t* values, uint64_t capacity, uint64_t* size,
                                                               chainqual_error* error);
/* Which measures disagree about row `row`, borrowed; "" where they agree. CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API chainqual_status chainqual_criticality_table_why(const chainqual_criticality_table* table, uint64_t row,
                                                               int32_t language, const char** why,
                                                               chainqual_error* error);

/* ---- Arrow tables ---- */

/* Columns by name go in and out as the structs of the Arrow C Data Interface, without copies: polars, pyarrow, DuckDB
 * and every other Arrow library speak it. The structs' names and guards are the specification's, so that this header
 * goes with any other that has them. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

#endif /* ARROW_C_STREAM_INTERFACE */

/* A table; it shares the buffers of those it was taken from, made from and given to. */
typedef struct chainqual_table chainqual_table;

/* Takes a struct array over, whose fields are the columns. What is given is moved out of, and its release becomes NULL,
 * also where the call fails. Read are integers, floats, booleans, text (plain, large, view), dictionaries of these,
 * decimal128, dates and nulls; a column of another type hurts only where it is used. CHAINQUAL_WRONG_FORMAT. */
CHAINQUAL_API chainqual_status chainqual_take_arrow(struct ArrowSchema* schema, struct ArrowArray* array,
                                                    chainqual_table** table, chainqual_error* error);
/* The same for all batches of a stream. CHAINQUAL_IO_FAILURE: the stream's own error, quoted. */
CHAINQUAL_API chainqual_status chainqual_take_arrow_stream(struct ArrowArrayStream* stream, chainqual_table** table,
                                                           chainqual_error* error);
CHAINQUAL_API void chainqual_table_free(chainqual_table* table);
/* 0 for NULL. */
CHAINQUAL_API uint64_t chainqual_table_rows(const chainqual_table* table);
CHAINQUAL_API uint64_t chainqual_table_columns(const chainqual_table* table);
/* Borrowed. CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API chainqual_status chainqual_table_column_name(const chainqual_table* table, uint64_t column,
                                                           const char** name, chainqual_error* error);
/* Hands a table out; what is written must be released by its release callback, and lives on when the handle is freed.
 * CHAINQUAL_INVALID_ARGUMENT: the table has several chunks, which only a stream holds. */
CHAINQUAL_API chainqual_status chainqual_give_arrow(const chainqual_table* table, struct ArrowSchema* schema,
                                                    struct ArrowArray* array, chainqual_error* error);
CHAINQUAL_API chainqual_status chainqual_give_arrow_stream(const chainqual_table* table,
                                                           struct ArrowArrayStream* stream, chainqual_error* error);

enum {
  CHAINQUAL_TOTAL_DECIMAL = 0,    /* column total, decimal128: exact */
  CHAINQUAL_TOTAL_HUNDREDTHS = 1, /* column total_hundredths, uint16, rounded half up where there are more places */
  CHAINQUAL_TOTAL_REAL = 2        /* column total, float64 */
};

/* Names of the columns with the scores; NULL: the known headings, Chinese or English. */
typedef struct chainqual_grade_table_options {
  uint32_t struct_size;
  int32_t total; /* CHAINQUAL_TOTAL_... */
  const char* impact;
  const char* diffusion;
  const char* urgency;
} chainqual_grade_table_options;
#define CHAINQUAL_GRADE_TABLE_OPTIONS_INIT \
  { sizeof(chainqual_grade_table_options), 0, NULL, NULL, NULL }

/* Grades every row: columns total, grade, stars. A null, NaN, empty text or 0 is no score; a float is the decimal that
 * it prints as with the fewest digits. `model` NULL: the standard's. CHAINQUAL_MISSING_COLUMN, CHAINQUAL_DUPLICATE,
 * CHAINQUAL_WRONG_FORMAT, CHAINQUAL_INVALID_VALUE, CHAINQUAL_MISSING_VALUE, CHAINQUAL_OVERFLOW with all findings,
 * CHAINQUAL_CANCELLED. */
CHAINQUAL_API chainqual_status chainqual_grade_table(const chainqual_severity_model* model,
                                                     const chainqual_table* table,
                                                     const chainqual_grade_table_options* options,
                                                     const chainqual_control* control, chainqual_table** graded,
                                                     chainqual_error* error);

typedef struct chainqual_grade_panel_table_options {
  uint32_t struct_size;
  int32_t total; /* CHAINQUAL_TOTAL_... */
  const char* impact;
  const char* diffusion;
  const char* urgency;
  const char* problem;
  const char* expert; /* NULL and no such heading: each row is another expert's */
  const chainqual_panel_rule* rule;
} chainqual_grade_panel_table_options;
#define CHAINQUAL_GRADE_PANEL_TABLE_OPTIONS_INIT \
  { sizeof(chainqual_grade_panel_table_options), 0, NULL, NULL, NULL, NULL, NULL, NULL }

/* Grades panels, a row for each expert and problem: columns problem, impact, diffusion, urgency, experts, total, grade,
 * stars, a row for each problem. Statuses as above. */
CHAINQUAL_API chainqual_status chainqual_grade_panel_table(const chainqual_severity_model* model,
                                                           const chainqual_table* table,
                                                           const chainqual_grade_panel_table_options* options,
                                                           const chainqual_control* control, chainqual_table** graded,
                                                           chainqual_error* error);

/* Names of the columns of links; NULL: the known headings, Chinese or English. */
typedef struct chainqual_network_table_options {
  uint32_t struct_size;
  int32_t keep_self_supply; /* 0: links from an enterprise to itself are dropped and counted */
  const char* supplier;
  const char* customer;
  const char* value;
  const char* dependency;
  const char* escape;
  uint64_t positions; /* not 0: supplier and customer are ids 0 ... positions - 1; 0: they are keys */
  int32_t repair;     /* not 0: full-width forms of numbers in text are taken, each listed among the findings */
  int32_t reserved;
} chainqual_network_table_options;
#define CHAINQUAL_NETWORK_TABLE_OPTIONS_INIT \
  { sizeof(chainqual_network_table_options), 0, NULL, NULL, NULL, NULL, NULL, 0, 0, 0 }

/* The network of a table of links (supplier, customer, value, dependency, escape) and, unless NULL, one of enterprises
 * (id, credit_code, name, stage, segments, weight). Enterprises are the rows of the latter, else numbered by first
 * appearance. The network carries the keys. CHAINQUAL_MISSING_COLUMN, CHAINQUAL_DUPLICATE, CHAINQUAL_WRONG_FORMAT,
 * CHAINQUAL_INVALID_VALUE, CHAINQUAL_MISSING_VALUE, CHAINQUAL_OUT_OF_RANGE, CHAINQUAL_UNKNOWN_REFERENCE,
 * CHAINQUAL_BAD_ENCODING with all findings, CHAINQUAL_LIMIT_EXCEEDED, CHAINQUAL_CANCELLED. */
CHAINQUAL_API chainqual_status chainqual_network_from_table(const chainqual_table* links,
                                                            const chainqual_table* enterprises,
                                                            const chainqual_network_table_options* options,
                                                            const chainqual_control* control,
                                                            chainqual_network** network, chainqual_error* error);
/* The links of a network: supplier, customer (keys, or ids where there are none), value, dependency, escape. */
CHAINQUAL_API chainqual_status chainqual_network_table(const chainqual_network* network, chainqual_table** table,
                                                       chainqual_error* error);
/* Losses of a run by enterprise: enterprise (keys of `network`, or ids for NULL), downstream, upstream, combined.
 * CHAINQUAL_SHAPE_MISMATCH: another network's keys. */
CHAINQUAL_API chainqual_status chainqual_model_run_table(const chainqual_model_run* run,
                                                         const chainqual_network* network, chainqual_table** table,
                                                         chainqual_error* error);
/* A table of a report (see chainqual_report_table) with typed columns. CHAINQUAL_OUT_OF_RANGE. */
CHAINQUAL_API chainqual_status chainqual_report_arrow(const chainqual_report* report, uint64_t table,
                                                      chainqual_table** out, chainqual_error* error);

/* ---- End ---- */

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CHAINQUAL_H */
