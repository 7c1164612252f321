/* chainqual: the quality of industry chains. The C interface, for C99 and later and for every language that can call C.
 *
 * - Handles are pointers to incomplete types, made by functions that name the type and freed by chainqual_<type>_free;
 *   freeing NULL does nothing. A const handle may be used by many threads at once, a mutable one by one.
 * - Functions that can fail return chainqual_status, CHAINQUAL_OK or why not. Outputs are parameters, written only on
 *   success. A status that a program does not know is a failure.
 * - The last parameter, `error`, is NULL or the caller's own chainqual_error, which receives the code and a message in
 *   two languages. Every rule that the input broke, not the first alone: chainqual_control.findings.
 * - Structs with struct_size start as CHAINQUAL_..._INIT. They grow at their ends only; what an older program does not
 *   have keeps its default, and what a newer one adds is left unread. Zero, and NULL, mean the default. All others
 *   never change.
 * - Buffers are the caller's, with their capacity in elements; a NULL buffer asks for the size, and `size` may be NULL
 *   where there is a buffer. A buffer that is too small is CHAINQUAL_SHAPE_MISMATCH and stays as it was. Outputs must
 *   not overlap inputs or one another.
 * - Text is UTF-8 that ends in NUL; sizes count the NUL. NULL is read as the empty text.
 * - What is borrowed belongs to the handle and is valid until it is changed or freed.
 * - Nothing is printed, nothing aborts, no exception leaves, no state is kept between calls but in handles.
 *
 * The functions are those of the C++ library under the same names: chainqual::systemic_risk is
 * chainqual_systemic_risk. What they compute, at what cost, and from which source, its headers say
 * (<chainqual/impact/systemic_risk.hpp> and so on). Results have the same bits as there, for any number of threads.
 *
 * Tags of a function:
 * - @param says what a parameter is; "out" is written on success. `error` and `control`, the same everywhere, are left
 *   out: `control` may be NULL.
 * - @errors are statuses of its own. Each can also return CHAINQUAL_INVALID_ARGUMENT (a NULL where none may be, a
 *   number that no enumerator has, a struct without its size, overlapping buffers), CHAINQUAL_SHAPE_MISMATCH (a buffer
 *   that is too small), CHAINQUAL_LIMIT_EXCEEDED (more entries than memory can hold) and CHAINQUAL_OUT_OF_MEMORY.
 * - @ownership says who frees what, and whose it stays.
 * - @threads: "reads only" may be called by many threads with the same handles, though each needs outputs of its own;
 *   what "changes" a handle needs it for itself.
 * - @since is the version that has it first. All is experimental before 1.0.
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

/* "not_found" for CHAINQUAL_NOT_FOUND; "unknown" for a number that is no status.
 *
 * @param status  any number.
 * @ownership the text is the library's, for ever.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API const char* chainqual_status_name(chainqual_status status);
/* One sentence for any number, also one that a newer version defines.
 *
 * @param status  any number.
 * @param language  CHAINQUAL_ZH or CHAINQUAL_EN.
 * @param buffer, capacity, size  out: text; the size counts the NUL.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_status_describe(chainqual_status status, int32_t language, char* buffer,
                                                         uint64_t capacity, uint64_t* size, chainqual_error* error);

/* The library's version: "0.1.0".
 *
 * @ownership the text is the library's, for ever.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API const char* chainqual_version(void);
/* The same as 10000 * major + 100 * minor + patch.
 *
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint32_t chainqual_version_number(void);
/* The number in the library's SONAME: programs built against one number run with every later library of it.
 *
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint32_t chainqual_abi_version(void);
/* 1 where this library has a feature, else 0.
 *
 * @param name  one of chainqual_features; NULL: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API int32_t chainqual_has_feature(const char* name);
/* All features, one blank between two.
 *
 * @ownership the text is the library's, for ever.
 * @threads   reads only.
 * @since     0.1 */
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

/* An empty collector. Each call that is given it replaces what it holds.
 *
 * @param findings  out.
 * @errors    none of its own.
 * @ownership the caller frees `findings` with chainqual_findings_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_findings_create(chainqual_findings** findings, chainqual_error* error);
/* Frees a collector.
 *
 * @param findings  may be NULL.
 * @ownership ends it, and all that was borrowed from it.
 * @threads   one thread, the last to use it.
 * @since     0.1 */
CHAINQUAL_API void chainqual_findings_free(chainqual_findings* findings);
/* How many findings of one level there were.
 *
 * @param findings  NULL: 0.
 * @param level  CHAINQUAL_INFO, CHAINQUAL_WARNING or CHAINQUAL_ERROR; others: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint64_t chainqual_findings_count(const chainqual_findings* findings, int32_t level);
/* How many findings there were in all.
 *
 * @param findings  NULL: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint64_t chainqual_findings_total(const chainqual_findings* findings);
/* How many of them are kept: the first 1000.
 *
 * @param findings  NULL: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint64_t chainqual_findings_kept(const chainqual_findings* findings);
/* One of the findings kept.
 *
 * @param findings  the collector.
 * @param index  from 0.
 * @param finding  out, borrowed: until the collector is given to a call again, or freed.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership the texts stay the collector's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_findings_get(const chainqual_findings* findings, uint64_t index,
                                                      chainqual_finding* finding, chainqual_error* error);
/* One of the findings kept as "file:line: column 'x' (record 3): value <...>: rule. Fix: ..." on one line.
 *
 * @param findings  the collector.
 * @param index  from 0.
 * @param language  CHAINQUAL_ZH or CHAINQUAL_EN.
 * @param buffer, capacity, size  out: text; the size counts the NUL.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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

/* An executor whose chunks run on the host's threads. A call whose chunks were not all run, or one of them twice, ends
 * in CHAINQUAL_INVALID_ARGUMENT.
 *
 * @param callbacks  are copied; `run` must not be NULL.
 * @param executor  out.
 * @errors    none of its own.
 * @ownership the caller frees `executor` with chainqual_executor_free; `user` must outlive it.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_executor_create(const chainqual_executor_callbacks* callbacks,
                                                         chainqual_executor** executor, chainqual_error* error);
/* A pool of its own.
 *
 * @param threads  with the caller's counted; 0: all that the process may use; 1: the caller's alone.
 * @param pinned  not 0: each thread stays on a core.
 * @param executor  out.
 * @errors    CHAINQUAL_LIMIT_EXCEEDED over 1024.
 * @ownership the caller frees `executor` with chainqual_executor_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_thread_pool_create(uint32_t threads, int32_t pinned,
                                                            chainqual_executor** executor, chainqual_error* error);
/* Frees an executor.
 *
 * @param executor  may be NULL.
 * @ownership ends it, and all that was borrowed from it.
 * @threads   one thread, the last to use it.
 * @since     0.1 */
CHAINQUAL_API void chainqual_executor_free(chainqual_executor* executor);
/* Chunks that may run at one time.
 *
 * @param executor  NULL: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint32_t chainqual_executor_concurrency(const chainqual_executor* executor);

/* A request to stop, which is not made yet. Calls that were given the token end in CHAINQUAL_CANCELLED once it is.
 *
 * @param token  out; it must outlive the calls that were given it.
 * @errors    none of its own.
 * @ownership the caller frees `token` with chainqual_cancel_token_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_cancel_token_create(chainqual_cancel_token** token, chainqual_error* error);
/* Frees a cancel token.
 *
 * @param token  may be NULL.
 * @ownership ends it, and all that was borrowed from it.
 * @threads   one thread, the last to use it.
 * @since     0.1 */
CHAINQUAL_API void chainqual_cancel_token_free(chainqual_cancel_token* token);
/* Makes the request.
 *
 * @param token  NULL: nothing happens.
 * @ownership nothing changes hands.
 * @threads   any thread at any time.
 * @since     0.1 */
CHAINQUAL_API void chainqual_cancel_token_cancel(chainqual_cancel_token* token);
/* Takes the request back.
 *
 * @param token  NULL: nothing happens.
 * @ownership nothing changes hands.
 * @threads   any thread at any time.
 * @since     0.1 */
CHAINQUAL_API void chainqual_cancel_token_reset(chainqual_cancel_token* token);
/* 1 where the request was made.
 *
 * @param token  NULL: 0.
 * @ownership nothing changes hands.
 * @threads   any thread at any time.
 * @since     0.1 */
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

/* An exact number from text: "3.67", "-1.5", "11/3".
 *
 * @param text  the number and nothing round it.
 * @param value  out.
 * @errors    CHAINQUAL_INVALID_VALUE, CHAINQUAL_OVERFLOW.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_rational_from_string(const char* text, chainqual_rational* value,
                                                              chainqual_error* error);
/* The exact decimal if it ends within 18 places, else the fraction.
 *
 * @param value  with a denominator that is not 0.
 * @param buffer, capacity, size  out: text; the size counts the NUL.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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

/* A severity model of one's own weights, thresholds and rounding.
 *
 * @param options  NULL: the standard's model, for which every function takes NULL too.
 * @param model  out.
 * @errors    CHAINQUAL_INVALID_VALUE (weights that do not sum to 1 or 100, thresholds out of order),
 *            CHAINQUAL_INVALID_ARGUMENT (some weights only), CHAINQUAL_OVERFLOW.
 * @ownership the caller frees `model` with chainqual_severity_model_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_severity_model_create(const chainqual_severity_options* options,
                                                               chainqual_severity_model** model,
                                                               chainqual_error* error);
/* Frees a severity model.
 *
 * @param model  may be NULL.
 * @ownership ends it, and all that was borrowed from it.
 * @threads   one thread, the last to use it.
 * @since     0.1 */
CHAINQUAL_API void chainqual_severity_model_free(chainqual_severity_model* model);
/* The grade of one problem.
 *
 * @param model  NULL: the standard's.
 * @param score  with all three given, or none: ungraded.
 * @param severity  out.
 * @errors    CHAINQUAL_INVALID_VALUE, CHAINQUAL_MISSING_VALUE (one or two scores not given), CHAINQUAL_OVERFLOW.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_severity_model_grade(const chainqual_severity_model* model,
                                                              const chainqual_score* score,
                                                              chainqual_severity* severity, chainqual_error* error);
/* A grade as stars, one to three.
 *
 * @param grade  CHAINQUAL_GRADE_...; "" for ungraded and for numbers that are no grade.
 * @ownership the text is the library's, for ever.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API const char* chainqual_stars(int32_t grade);

/* Grades a table of whole scores.
 *
 * @param model  NULL: the standard's.
 * @param impact, diffusion, urgency, count  [count] each: 1 ... 5, or 0 in all three.
 * @param grade, total_hundredths, capacity  out, [capacity >= count]: CHAINQUAL_GRADE_..., and totals in 1/100 points,
 *   rounded half up where the weights have more places.
 * @errors    CHAINQUAL_INVALID_VALUE, CHAINQUAL_MISSING_VALUE with a finding for each bad cell,
 *            CHAINQUAL_SHAPE_MISMATCH, CHAINQUAL_LIMIT_EXCEEDED, CHAINQUAL_CANCELLED.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_grade_whole_scores(const chainqual_severity_model* model,
                                                            const uint8_t* impact, const uint8_t* diffusion,
                                                            const uint8_t* urgency, uint64_t count,
                                                            const chainqual_control* control, uint8_t* grade,
                                                            uint16_t* total_hundredths, uint64_t capacity,
                                                            chainqual_error* error);
/* The same for hundredths of a point; totals are exact.
 *
 * @param model  NULL: the standard's.
 * @param impact, diffusion, urgency, count  [count] each: 100 ... 500, or 0 in all three.
 * @param grade, total, capacity  out, [capacity >= count]; totals in 1 / chainqual_hundredths_total_scale points.
 * @errors    those of chainqual_grade_whole_scores, and chainqual_hundredths_total_scale.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_grade_hundredths(const chainqual_severity_model* model, const int16_t* impact,
                                                          const int16_t* diffusion, const int16_t* urgency,
                                                          uint64_t count, const chainqual_control* control,
                                                          uint8_t* grade, uint32_t* total, uint64_t capacity,
                                                          chainqual_error* error);
/* In what parts of a point chainqual_grade_hundredths gives totals.
 *
 * @param model  NULL: the standard's.
 * @param scale  out.
 * @errors    CHAINQUAL_OVERFLOW: the weights have a common denominator above 8,000,000.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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

/* Grades panel means without ever rounding one.
 *
 * @param model  NULL: the standard's.
 * @param panels  sums and counts by problem.
 * @param grade, total_hundredths, capacity  out, [capacity >= panels->rows], as in chainqual_grade_whole_scores.
 * @errors    those of chainqual_grade_whole_scores, CHAINQUAL_OVERFLOW.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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

/* The consensus of several values.
 *
 * @param values, count  [count] at least one, all given.
 * @param rule  NULL: the mean.
 * @param consensus  out.
 * @errors    CHAINQUAL_INVALID_ARGUMENT (no value, trim outside 0 ... 1/2), CHAINQUAL_OVERFLOW.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_consensus_of(const chainqual_rational* values, uint64_t count,
                                                      const chainqual_panel_rule* rule, chainqual_rational* consensus,
                                                      chainqual_error* error);
/* One score for every problem from those of several experts, in the order in which problems first occur.
 *
 * @param rows, count  [count], which are only read.
 * @param rule  NULL: the mean.
 * @param panel  out.
 * @errors    CHAINQUAL_INVALID_VALUE, CHAINQUAL_MISSING_VALUE, CHAINQUAL_DUPLICATE (an expert twice for one problem),
 *            all findings at once; CHAINQUAL_OVERFLOW, CHAINQUAL_CANCELLED.
 * @ownership the caller frees `panel` with chainqual_panel_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_panel_scores(const chainqual_expert_score* rows, uint64_t count,
                                                      const chainqual_panel_rule* rule,
                                                      const chainqual_control* control, chainqual_panel** panel,
                                                      chainqual_error* error);
/* Frees a panel.
 *
 * @param panel  may be NULL.
 * @ownership ends it, and all that was borrowed from it.
 * @threads   one thread, the last to use it.
 * @since     0.1 */
CHAINQUAL_API void chainqual_panel_free(chainqual_panel* panel);
/* How many problems a panel has.
 *
 * @param panel  NULL: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint64_t chainqual_panel_size(const chainqual_panel* panel);
/* One problem's score.
 *
 * @param panel  the panel.
 * @param index  from 0.
 * @param score  out; `problem` is borrowed.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership `score->problem` stays the panel's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_panel_get(const chainqual_panel* panel, uint64_t index,
                                                   chainqual_panel_score* score, chainqual_error* error);

/* ---- How firm a grade is ---- */

enum { CHAINQUAL_DIMENSION_IMPACT = 0, CHAINQUAL_DIMENSION_DIFFUSION = 1, CHAINQUAL_DIMENSION_URGENCY = 2 };

/* A change of one score by one point, cut at 1 and 5, that changes the grade. */
typedef struct chainqual_flip {
  int32_t dimension; /* CHAINQUAL_DIMENSION_... */
  uint32_t reserved;
  chainqual_rational from;
  chainqual_rational to;
  chainqual_severity result;
} chainqual_flip;

/* How weight vectors are drawn about a model's own: Dirichlet, rounded to millionths. */
typedef struct chainqual_weight_study {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t draws;       /* 0: 10,000 */
  double concentration; /* a weight w has variance w (1 - w) / (concentration + 1); at most 1e9, 0: 100 */
  uint64_t seed;        /* 0: 1 */
} chainqual_weight_study;
#define CHAINQUAL_WEIGHT_STUDY_INIT \
  { sizeof(chainqual_weight_study), 0, 0, 0, 0 }

/* A share of draws with its uncertainty. */
typedef struct chainqual_kept_share {
  uint64_t draws;
  uint64_t kept;
  double share; /* kept / draws */
  double standard_error;
  double lower; /* Wilson's interval, 95 % */
  double upper;
} chainqual_kept_share;

/* One problem under varied weights. */
typedef struct chainqual_problem_stability {
  chainqual_severity severity; /* by the model's own weights */
  uint64_t grades[4];          /* draws by the number of the grade that they lead to */
  chainqual_kept_share kept;   /* draws that keep the grade */
} chainqual_problem_stability;

/* What the grade becomes when one score moves by one point: only moves that change it, in the order impact - 1, impact
 * + 1, diffusion - 1, ...
 *
 * @param model  NULL: the standard's.
 * @param score  all three given.
 * @param flips, capacity, size  out: at most six.
 * @errors    CHAINQUAL_INVALID_VALUE, CHAINQUAL_MISSING_VALUE (a score is not given), CHAINQUAL_OVERFLOW.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_score_flips(const chainqual_severity_model* model,
                                                     const chainqual_score* score, chainqual_flip* flips,
                                                     uint64_t capacity, uint64_t* size, chainqual_error* error);
/* The share of weight vectors near the model's own under which problems keep their grades. Every draw is applied to all
 * problems; decisions are exact, and all numbers the same for any number of threads.
 *
 * @param model   its weights are the centre, its thresholds hold throughout; NULL: the standard's.
 * @param scores, count  [count]; with none of the three given a problem is not scored, and left out of `all_kept`.
 * @param study   NULL: the defaults.
 * @param problems, capacity, size  out: one for each problem; may be NULL.
 * @param all_kept  out: draws under which every scored problem keeps its grade; may be NULL. With `problems` NULL too,
 *                  nothing is drawn and only `size` is written.
 * @errors    CHAINQUAL_INVALID_VALUE with a finding for each bad score, CHAINQUAL_MISSING_VALUE (one or two scores of a
 *            problem not given), CHAINQUAL_INVALID_ARGUMENT (concentration), CHAINQUAL_OVERFLOW (the scores' common
 *            denominator is above 10^11), CHAINQUAL_CANCELLED.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_weight_stability(
    const chainqual_severity_model* model, const chainqual_score* scores, uint64_t count,
    const chainqual_weight_study* study, const chainqual_control* control, chainqual_problem_stability* problems,
    uint64_t capacity, uint64_t* size, chainqual_kept_share* all_kept, chainqual_error* error);
/* The weights of one draw of a study, in millionths that sum to 1,000,000: impact, diffusion, urgency.
 *
 * @param model  its weights are the centre; NULL: the standard's.
 * @param study  NULL: the defaults; how many draws there are is not read.
 * @param draw   any number.
 * @param millionths, capacity, size  out: three.
 * @errors    CHAINQUAL_INVALID_ARGUMENT (concentration).
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_draw_weights(const chainqual_severity_model* model,
                                                      const chainqual_weight_study* study, uint64_t draw,
                                                      uint32_t* millionths, uint64_t capacity, uint64_t* size,
                                                      chainqual_error* error);

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

/* A network from columns.
 *
 * @param columns  are only read, and copied.
 * @param network  out.
 * @errors    CHAINQUAL_SHAPE_MISMATCH, CHAINQUAL_OUT_OF_RANGE, CHAINQUAL_INVALID_VALUE with a finding for each bad
 *            cell; CHAINQUAL_LIMIT_EXCEEDED, CHAINQUAL_CANCELLED.
 * @ownership the caller frees `network` with chainqual_network_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_network_from_arrays(const chainqual_network_columns* columns,
                                                             const chainqual_control* control,
                                                             chainqual_network** network, chainqual_error* error);
/* Frees a network.
 *
 * @param network  may be NULL.
 * @ownership ends it, and all that was borrowed from it.
 * @threads   one thread, the last to use it.
 * @since     0.1 */
CHAINQUAL_API void chainqual_network_free(chainqual_network* network);
/* How many enterprises a network has.
 *
 * @param network  NULL: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint32_t chainqual_network_enterprises(const chainqual_network* network);
/* How many links a network has.
 *
 * @param network  NULL: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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
/* The arrays of a network, without copies.
 *
 * @param network  whose.
 * @param arrays  out, borrowed: until the network is freed.
 * @errors    none of its own.
 * @ownership the arrays stay the network's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_network_get_arrays(const chainqual_network* network,
                                                            chainqual_network_arrays* arrays, chainqual_error* error);

typedef struct chainqual_chain chainqual_chain; /* see below */

/* Freezes a chain. Ids stay, links between the same two enterprises become one; the network carries the enterprises'
 * keys.
 *
 * @param chain  which.
 * @param keep_self_supply  0: links from an enterprise to itself are dropped and counted.
 * @param network  out.
 * @errors    CHAINQUAL_INVALID_VALUE with all findings, CHAINQUAL_CANCELLED.
 * @ownership the caller frees `network` with chainqual_network_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_network_of(const chainqual_chain* chain, int32_t keep_self_supply,
                                                    const chainqual_control* control, chainqual_network** network,
                                                    chainqual_error* error);

/* How much of a .cqn file is looked at. Zero is the whole, for files from elsewhere; the header alone is for files that
 * this machine wrote and keeps. */
enum { CHAINQUAL_VERIFY_FULL = 0, CHAINQUAL_VERIFY_HEADER = 1, CHAINQUAL_VERIFY_CHECKSUM = 2 };

/* Maps a .cqn file.
 *
 * @param path  the file.
 * @param verify  CHAINQUAL_VERIFY_...
 * @param network  out.
 * @errors    CHAINQUAL_NOT_FOUND, CHAINQUAL_IO_FAILURE, CHAINQUAL_WRONG_FORMAT, CHAINQUAL_VERSION_MISMATCH,
 *            CHAINQUAL_CHECKSUM_MISMATCH, CHAINQUAL_OUT_OF_RANGE, CHAINQUAL_INVALID_VALUE, CHAINQUAL_CANCELLED.
 * @ownership the caller frees `network` with chainqual_network_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_open_network(const char* path, int32_t verify,
                                                      const chainqual_control* control, chainqual_network** network,
                                                      chainqual_error* error);
/* Writes a .cqn file, whole or not at all.
 *
 * @param network  which.
 * @param path  the file.
 * @param content_hash  out: equal for equal networks; may be NULL.
 * @errors    CHAINQUAL_NOT_FOUND, CHAINQUAL_IO_FAILURE, CHAINQUAL_CANCELLED.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_write_network(const chainqual_network* network, const char* path,
                                                       const chainqual_control* control, uint64_t* content_hash,
                                                       chainqual_error* error);

/* The key of an enterprise, where the network has keys (of a chain, of a table, of a .cqn file that holds them).
 *
 * @param network  whose.
 * @param id  of the enterprise.
 * @param buffer, capacity, size  out: text; the size counts the NUL.
 * @errors    CHAINQUAL_NOT_FOUND (no keys), CHAINQUAL_OUT_OF_RANGE.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_network_key(const chainqual_network* network, uint32_t id, char* buffer,
                                                     uint64_t capacity, uint64_t* size, chainqual_error* error);
/* The enterprise of a key.
 *
 * @param network  where.
 * @param key  which.
 * @param id  out.
 * @errors    CHAINQUAL_NOT_FOUND.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_network_find(const chainqual_network* network, const char* key, uint32_t* id,
                                                      chainqual_error* error);
/* Weights in totals: the network's own, else what each enterprise supplies in the chain.
 *
 * @param network  whose.
 * @param weight, capacity, size  out, by enterprise.
 * @errors    CHAINQUAL_INVALID_VALUE.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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
/* A synthetic chain: the same for the same options on every machine.
 *
 * @param options  NULL: the defaults.
 * @param network  out.
 * @errors    CHAINQUAL_INVALID_VALUE, CHAINQUAL_CANCELLED.
 * @ownership the caller frees `network` with chainqual_network_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_generate_network(const chainqual_generate_options* options,
                                                          const chainqual_control* control, chainqual_network** network,
                                                          chainqual_error* error);

/* ---- Chains ---- */

enum { CHAINQUAL_ROLE_MEMBER = 0, CHAINQUAL_ROLE_OWNER = 1 };
enum { CHAINQUAL_LADDER_UNSTATED = 0, CHAINQUAL_LADDER_LEADER = 1, CHAINQUAL_LADDER_FOLLOWER = 2 };
enum {
  CHAINQUAL_SIZE_UNSTATED = 0,
  CHAINQUAL_SIZE_LARGE = 1,
  CHAINQUAL_SIZE_MEDIUM = 2,
  CHAINQUAL_SIZE_SMALL = 3,
  CHAINQUAL_SIZE_MICRO = 4
};
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
  const char* industry_en;
} chainqual_segment;
#define CHAINQUAL_SEGMENT_INIT \
  { sizeof(chainqual_segment), 0, NULL, NULL, NULL, NULL, {NULL, 0}, 0, 0, NULL, NULL }

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
  int32_t size;
  uint32_t reserved;
  chainqual_strings products_en;
} chainqual_enterprise;
#define CHAINQUAL_ENTERPRISE_INIT                                                                                      \
  {                                                                                                                    \
    sizeof(chainqual_enterprise), 0, NULL, NULL, NULL, NULL, {NULL, 0}, {NULL, 0}, NULL, NULL, 0, 0, NULL, NULL, 0, 0, \
    {                                                                                                                  \
      NULL, 0                                                                                                          \
    }                                                                                                                  \
  }

typedef struct chainqual_link {
  uint32_t struct_size;
  int32_t evidence;
  const char* product;
  const double* value;      /* supplied per year, >= 0 */
  const double* dependency; /* in [0, 1]: how much of the supplier's trouble the customer feels */
  const double* escape;     /* in [0, 1]: share of it that incoming inspection lets pass */
  const char* kind;
  const char* source;
  const char* product_en;
} chainqual_link;
#define CHAINQUAL_LINK_INIT \
  { sizeof(chainqual_link), 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL }

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
  chainqual_strings products_en;
} chainqual_institution;
#define CHAINQUAL_INSTITUTION_INIT                                                                                    \
  {                                                                                                                   \
    sizeof(chainqual_institution), 0, NULL, NULL, NULL, NULL, NULL, NULL, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, \
        NULL, 0, 0, {                                                                                                 \
      NULL, 0                                                                                                         \
    }                                                                                                                 \
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
  chainqual_strings products_en;
} chainqual_problem;
#define CHAINQUAL_PROBLEM_INIT                                                                                    \
  {                                                                                                               \
    sizeof(chainqual_problem), 0, NULL, NULL, NULL, NULL, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, NULL, NULL, \
        NULL, NULL, NULL, NULL, {NULL, NULL, NULL, NULL, NULL}, NULL, NULL, NULL, NULL, 0, 0, 0, 0, {             \
      NULL, 0                                                                                                     \
    }                                                                                                             \
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
  int32_t report_cycle_months;              /* of the projects' progress reports; 0: 3 */
  uint32_t reserved;
} chainqual_chain_info;
#define CHAINQUAL_CHAIN_INFO_INIT \
  { sizeof(chainqual_chain_info), 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0 }

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
  CHAINQUAL_TABLE_INDICATORS = 10,
  CHAINQUAL_TABLE_MEMBERS = 11,
  CHAINQUAL_TABLE_SCOPES = 12,
  CHAINQUAL_TABLE_CHANGES = 13,
  CHAINQUAL_TABLE_RISKS = 14,
  CHAINQUAL_TABLE_REPORTS = 15,
  CHAINQUAL_TABLE_DOCUMENTS = 16,
  CHAINQUAL_TABLE_LICENCES = 17,
  CHAINQUAL_TABLE_EVENTS = 18,
  CHAINQUAL_TABLE_REVIEWS = 19,
  CHAINQUAL_TABLE_FACTS = 20,
  CHAINQUAL_TABLE_HISTORY = 21,
  CHAINQUAL_TABLE_PARTNERS = 22
};

/* An empty chain with its registers.
 *
 * @param chain  out.
 * @errors    none of its own.
 * @ownership the caller frees `chain` with chainqual_chain_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_create(chainqual_chain** chain, chainqual_error* error);
/* A copy in O(1): the content is shared until one of the two changes.
 *
 * @param chain  which.
 * @param copy  out.
 * @errors    none of its own.
 * @ownership the caller frees `copy` with chainqual_chain_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_copy(const chainqual_chain* chain, chainqual_chain** copy,
                                                    chainqual_error* error);
/* Frees a chain.
 *
 * @param chain  may be NULL.
 * @ownership ends it, and all that was borrowed from it.
 * @threads   one thread, the last to use it.
 * @since     0.1 */
CHAINQUAL_API void chainqual_chain_free(chainqual_chain* chain);
/* How many rows a table of a chain has.
 *
 * @param chain  NULL: 0.
 * @param table  CHAINQUAL_TABLE_...; others: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint64_t chainqual_chain_count(const chainqual_chain* chain, int32_t table);

/* Says what a chain is, in place of what was said before.
 *
 * @param chain  which.
 * @param info  is copied.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_set_info(chainqual_chain* chain, const chainqual_chain_info* info,
                                                        chainqual_error* error);
/* What a chain is.
 *
 * @param chain  which.
 * @param info  out, borrowed: until the chain changes or is freed; its severity model is NULL.
 * @errors    none of its own.
 * @ownership the texts stay the chain's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_get_info(const chainqual_chain* chain, chainqual_chain_info* info,
                                                        chainqual_error* error);
/* Adds a segment.
 *
 * @param chain  receives a copy.
 * @param segment  with an id that no other segment has.
 * @param id  out: its position; may be NULL.
 * @errors    CHAINQUAL_MISSING_VALUE (no id), CHAINQUAL_DUPLICATE. On any failure the chain is unchanged.
 * @ownership nothing changes hands.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_add_segment(chainqual_chain* chain, const chainqual_segment* segment,
                                                           uint32_t* id, chainqual_error* error);
/* Adds an enterprise. Segments that it names are looked up when they are used.
 *
 * @param chain  receives a copy.
 * @param enterprise  with an id, else credit code, else name, that no other has for its key.
 * @param id  out: its id in networks; may be NULL.
 * @errors    CHAINQUAL_MISSING_VALUE (nothing to be its key), CHAINQUAL_DUPLICATE, CHAINQUAL_LIMIT_EXCEEDED. On any
 *            failure the chain is unchanged.
 * @ownership nothing changes hands.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_add_enterprise(chainqual_chain* chain,
                                                              const chainqual_enterprise* enterprise, uint32_t* id,
                                                              chainqual_error* error);
/* Adds a quality institution.
 *
 * @param chain  receives a copy.
 * @param institution  its id may be absent, else no other has it.
 * @param id  out: its position; may be NULL.
 * @errors    CHAINQUAL_DUPLICATE. On any failure the chain is unchanged.
 * @ownership nothing changes hands.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_add_institution(chainqual_chain* chain,
                                                               const chainqual_institution* institution, uint32_t* id,
                                                               chainqual_error* error);
/* Adds a supply link. Links between the same two, and to oneself, are kept as given; chainqual_validate reports them.
 *
 * @param chain  receives a copy.
 * @param supplier, customer  ids.
 * @param link  NULL: nothing is known of it.
 * @errors    CHAINQUAL_OUT_OF_RANGE. On any failure the chain is unchanged.
 * @ownership nothing changes hands.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_add_link(chainqual_chain* chain, uint32_t supplier, uint32_t customer,
                                                        const chainqual_link* link, chainqual_error* error);
/* The same by keys.
 *
 * @param chain  receives a copy.
 * @param supplier, customer  keys.
 * @param link  NULL: nothing is known of it.
 * @errors    CHAINQUAL_UNKNOWN_REFERENCE, with the nearest keys in the message. On any failure the chain is unchanged.
 * @ownership nothing changes hands.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_add_link_by_keys(chainqual_chain* chain, const char* supplier,
                                                                const char* customer, const chainqual_link* link,
                                                                chainqual_error* error);
/* Adds a quality problem. What it refers to is looked up when it is used.
 *
 * @param chain  receives a copy.
 * @param problem  with a number that no other problem has.
 * @errors    CHAINQUAL_MISSING_VALUE (no number), CHAINQUAL_DUPLICATE, CHAINQUAL_INVALID_VALUE and CHAINQUAL_OVERFLOW
 *            (aspect shares). On any failure the chain is unchanged.
 * @ownership nothing changes hands.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_add_problem(chainqual_chain* chain, const chainqual_problem* problem,
                                                           chainqual_error* error);
/* Adds one expert's scores of one problem.
 *
 * @param chain  receives a copy.
 * @param score  exact decimals, all three or none.
 * @errors    CHAINQUAL_INVALID_VALUE, CHAINQUAL_OVERFLOW. On any failure the chain is unchanged.
 * @ownership nothing changes hands.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_add_score(chainqual_chain* chain, const chainqual_score_row* score,
                                                         chainqual_error* error);

/* Adds what several experts say of problems: all rows, or none. Rows that the chain holds already are not looked at.
 *
 * @param chain  receives the rows as scores, in their order.
 * @param rows, count  [count]; scores must be decimals of at most 18 places; none of the three given: not scored.
 * @errors    CHAINQUAL_INVALID_VALUE, CHAINQUAL_MISSING_VALUE (no problem; one or two scores not given),
 *            CHAINQUAL_DUPLICATE (an expert twice for one problem), with a finding for each bad row;
 * CHAINQUAL_OVERFLOW.
 * @ownership nothing changes hands; the rows are copied.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_add_panel(chainqual_chain* chain, const chainqual_expert_score* rows,
                                                         uint64_t count, const chainqual_control* control,
                                                         chainqual_error* error);

/* ---- Registers of a chain ---- */

enum {
  CHAINQUAL_PROJECT_DESIGN = 0,
  CHAINQUAL_PROJECT_SUPPLY_CHAIN = 1,
  CHAINQUAL_PROJECT_PRODUCTION = 2,
  CHAINQUAL_PROJECT_SERVICE = 3,
  CHAINQUAL_PROJECT_INFRASTRUCTURE = 4
};
enum {
  CHAINQUAL_PROJECT_PROPOSED = 0,
  CHAINQUAL_PROJECT_APPROVED = 1,
  CHAINQUAL_PROJECT_RUNNING = 2,
  CHAINQUAL_PROJECT_MID_TERM_CHECK = 3,
  CHAINQUAL_PROJECT_RECTIFICATION = 4,
  CHAINQUAL_PROJECT_ACCEPTANCE_APPLIED = 5,
  CHAINQUAL_PROJECT_ACCEPTED = 6,
  CHAINQUAL_PROJECT_REFUSED = 7,
  CHAINQUAL_PROJECT_ARCHIVED = 8
};
enum {
  CHAINQUAL_RESULT_PATENT = 0,
  CHAINQUAL_RESULT_KNOW_HOW = 1,
  CHAINQUAL_RESULT_SOFTWARE_COPYRIGHT = 2,
  CHAINQUAL_RESULT_TECHNICAL_STANDARD = 3,
  CHAINQUAL_RESULT_SOLUTION = 4,
  CHAINQUAL_RESULT_DATABASE = 5,
  CHAINQUAL_RESULT_TYPICAL_CASE = 6,
  CHAINQUAL_RESULT_OTHER = 7
};
enum { CHAINQUAL_SHARING_OPEN = 0, CHAINQUAL_SHARING_MEMBERS = 1, CHAINQUAL_SHARING_DIRECTED = 2 };
enum { CHAINQUAL_TERMS_FREE = 0, CHAINQUAL_TERMS_PAID = 1, CHAINQUAL_TERMS_AGREEMENT = 2 };
enum {
  CHAINQUAL_RESULT_SUBMITTED = 0,
  CHAINQUAL_RESULT_UNDER_REVIEW = 1,
  CHAINQUAL_RESULT_SHARED = 2,
  CHAINQUAL_RESULT_WITHDRAWN = 3
};
enum { CHAINQUAL_HIGHER_IS_BETTER = 0, CHAINQUAL_LOWER_IS_BETTER = 1 };

/* A breakthrough project. Dates are 2025-03-01, numbers exact decimals; both may be absent, as any text. */
typedef struct chainqual_project {
  uint32_t struct_size;
  int32_t kind; /* CHAINQUAL_PROJECT_DESIGN ... */
  const char* number;
  const char* name;
  const char* name_en;
  chainqual_strings problems; /* numbers of those it is to solve */
  const char* problem_text;
  const char* problem_text_en;
  const char* lead;
  chainqual_strings participants;
  const char* start;
  const char* end;
  const char* content;
  const char* expected;
  const char* expected_en;
  const char* budget; /* 10,000 yuan */
  const char* source;
  int32_t status; /* CHAINQUAL_PROJECT_PROPOSED ... */
  uint32_t reserved;
  const char* route;     /* technical route */
  const char* resources; /* people, equipment, data and else that it needs */
} chainqual_project;
#define CHAINQUAL_PROJECT_INIT                                                                                      \
  {                                                                                                                 \
    sizeof(chainqual_project), 0, NULL, NULL, NULL, {NULL, 0}, NULL, NULL, NULL, {NULL, 0}, NULL, NULL, NULL, NULL, \
        NULL, NULL, NULL, 0, 0, NULL, NULL                                                                          \
  }

/* A step of a project's schedule. */
typedef struct chainqual_milestone {
  uint32_t struct_size;
  uint32_t reserved;
  const char* project; /* its number */
  const char* number;
  const char* name;
  const char* name_en;
  const char* due;
  const char* done; /* absent while it is open */
  const char* note;
} chainqual_milestone;
#define CHAINQUAL_MILESTONE_INIT \
  { sizeof(chainqual_milestone), 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL }

/* A measured aim of a project, or of the chain. */
typedef struct chainqual_indicator {
  uint32_t struct_size;
  int32_t direction;   /* CHAINQUAL_HIGHER_IS_BETTER ... */
  const char* project; /* its number; absent: the chain's */
  const char* name;
  const char* name_en;
  const char* category;
  const char* unit;
  const char* baseline;
  const char* target;
  const char* value;
  const char* period;
  const char* evidence;
  const char* source;
  chainqual_strings steps; /* of a qualitative one, each reviewer's own: "reviewer=4"; steps are 1 to 5 */
  const char* date;        /* 2025-03-01: when it was measured or judged */
  const char* action;      /* what is to be done where it falls short */
  const char* owner;       /* who does it */
  const char* due;         /* 2025-03-01 */
} chainqual_indicator;
#define CHAINQUAL_INDICATOR_INIT                                                                                       \
  {                                                                                                                    \
    sizeof(chainqual_indicator), 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, {NULL, 0}, NULL, \
        NULL, NULL, NULL                                                                                               \
  }

/* A result of a project that is shared. */
typedef struct chainqual_result {
  uint32_t struct_size;
  int32_t kind; /* CHAINQUAL_RESULT_PATENT ... */
  const char* number;
  const char* name;
  const char* name_en;
  const char* project;
  const char* contributor;
  const char* summary;
  chainqual_strings problems;
  const char* indicators;
  const char* scope;
  const char* rights_kind;
  const char* rights_status;
  const char* certificate;
  const char* owner;
  int32_t level;                 /* CHAINQUAL_SHARING_... */
  int32_t terms;                 /* CHAINQUAL_TERMS_... */
  chainqual_strings directed_to; /* units that the contributor consented to */
  const char* contact;
  const char* opinion;
  int32_t pledged;        /* 1: that rights are clear and what is said is true */
  int32_t status;         /* CHAINQUAL_RESULT_SUBMITTED ... */
  const char* terms_note; /* price, or how it is set; further conditions */
} chainqual_result;
#define CHAINQUAL_RESULT_INIT                                                                                          \
  {                                                                                                                    \
    sizeof(chainqual_result), 0, NULL, NULL, NULL, NULL, NULL, NULL, {NULL, 0}, NULL, NULL, NULL, NULL, NULL, NULL, 0, \
        0, {NULL, 0}, NULL, NULL, 0, 0, NULL                                                                           \
  }

/* A quality policy tool. */
typedef struct chainqual_policy_tool {
  uint32_t struct_size;
  uint32_t reserved;
  const char* number;
  const char* need;
  const char* need_en;
  const char* measures;
  const char* measures_en;
  const char* form;
  const char* form_en;
  const char* effect;
  const char* effect_en;
  chainqual_strings problems; /* numbers of those it serves */
  const char* source;
} chainqual_policy_tool;
#define CHAINQUAL_POLICY_TOOL_INIT \
  { sizeof(chainqual_policy_tool), 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, {NULL, 0}, NULL }

/* Adds a breakthrough project.
 *
 * @param chain    receives a copy at the end of its table.
 * @param project  with a number that no other project has. What it refers to is looked up when it is used.
 * @errors    CHAINQUAL_MISSING_VALUE (no number), CHAINQUAL_DUPLICATE, CHAINQUAL_INVALID_VALUE and CHAINQUAL_OVERFLOW
 *            (budget).
 * @ownership nothing changes hands.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_add_project(chainqual_chain* chain, const chainqual_project* project,
                                                           chainqual_error* error);
/* Adds a step of a project's schedule.
 *
 * @param chain      receives a copy at the end of its table.
 * @param milestone  with the number of its project, which is looked up when it is used.
 * @errors    CHAINQUAL_MISSING_VALUE (no project).
 * @ownership nothing changes hands.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_add_milestone(chainqual_chain* chain,
                                                             const chainqual_milestone* milestone,
                                                             chainqual_error* error);
/* Adds a measured aim.
 *
 * @param chain      receives a copy at the end of its table.
 * @param indicator  with a name.
 * @errors    CHAINQUAL_MISSING_VALUE (no name), CHAINQUAL_INVALID_VALUE and CHAINQUAL_OVERFLOW (baseline, target,
 *            value).
 * @ownership nothing changes hands.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_add_indicator(chainqual_chain* chain,
                                                             const chainqual_indicator* indicator,
                                                             chainqual_error* error);
/* Adds a shared result.
 *
 * @param chain   receives a copy at the end of its table.
 * @param result  with a number that no other result has.
 * @errors    CHAINQUAL_MISSING_VALUE (no number), CHAINQUAL_DUPLICATE.
 * @ownership nothing changes hands.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_add_result(chainqual_chain* chain, const chainqual_result* result,
                                                          chainqual_error* error);
/* Adds a quality policy tool.
 *
 * @param chain  receives a copy at the end of its table.
 * @param tool   with a number that no other tool has.
 * @errors    CHAINQUAL_MISSING_VALUE (no number), CHAINQUAL_DUPLICATE.
 * @ownership nothing changes hands.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_add_policy_tool(chainqual_chain* chain,
                                                               const chainqual_policy_tool* tool,
                                                               chainqual_error* error);

/* ---- Looking a chain up, and changing it ---- */

/* One supply link, by its place in the order in which links were added. O(place).
 *
 * @param chain  whose link.
 * @param place  from 0; links behind one that is removed move up.
 * @param supplier, customer  out: its ends; may be NULL.
 * @param link   out, borrowed: until the chain changes or is freed; may be NULL.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership the texts and numbers behind `link` stay the chain's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_get_link(const chainqual_chain* chain, uint64_t place,
                                                        uint32_t* supplier, uint32_t* customer, chainqual_link* link,
                                                        chainqual_error* error);
/* Puts another record in a link's place; its ends stay, and so does the English name of the same product where the
 * record is of a version without one. O(place).
 *
 * @param chain  whose link.
 * @param place  as in chainqual_chain_get_link.
 * @param link   the new record; NULL: nothing is known of it.
 * @errors    CHAINQUAL_OUT_OF_RANGE. On any failure the chain is unchanged.
 * @ownership nothing changes hands.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_replace_link(chainqual_chain* chain, uint64_t place,
                                                            const chainqual_link* link, chainqual_error* error);
/* Takes a link out. Ids of enterprises stay what they are; later links move up by one. O(place).
 *
 * @param chain  whose link.
 * @param place  as in chainqual_chain_get_link.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership nothing changes hands.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_remove_link(chainqual_chain* chain, uint64_t place,
                                                           chainqual_error* error);
/* Takes out all links from one enterprise to another, or those of one product. O(links of the two).
 *
 * @param chain  whose links.
 * @param supplier, customer  ids.
 * @param product  NULL: whatever is supplied; "": links that name no product.
 * @param removed  out: how many there were, at least one; may be NULL.
 * @errors    CHAINQUAL_OUT_OF_RANGE (an id), CHAINQUAL_NOT_FOUND (no such link).
 * @ownership nothing changes hands.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_remove_links(chainqual_chain* chain, uint32_t supplier,
                                                            uint32_t customer, const char* product, uint64_t* removed,
                                                            chainqual_error* error);
/* Puts another record in an enterprise's place. Keys are stable. Size and English products stay where the record is of
 * a version without them; the products, while they are those that it had.
 *
 * @param chain  whose enterprise.
 * @param id     which.
 * @param enterprise  the new record; its id absent, or the one that it has.
 * @errors    CHAINQUAL_OUT_OF_RANGE; CHAINQUAL_INVALID_ARGUMENT: another id. On any failure the chain is unchanged.
 * @ownership nothing changes hands.
 * @threads   changes `chain`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_replace_enterprise(chainqual_chain* chain, uint32_t id,
                                                                  const chainqual_enterprise* enterprise,
                                                                  chainqual_error* error);
/* The enterprise of a key.
 *
 * @param chain  where.
 * @param key  which.
 * @param id  out.
 * @errors    CHAINQUAL_UNKNOWN_REFERENCE, with the nearest keys in the message.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_find(const chainqual_chain* chain, const char* key, uint32_t* id,
                                                    chainqual_error* error);
/* The one enterprise whose key, credit code or name a text is: for people's input.
 *
 * @param chain  where.
 * @param text  which.
 * @param id  out.
 * @errors    CHAINQUAL_NOT_FOUND: none, or several.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_resolve(const chainqual_chain* chain, const char* text, uint32_t* id,
                                                       chainqual_error* error);
/* An enterprise's record; of its lists the counts only.
 *
 * @param chain  whose.
 * @param id  which.
 * @param enterprise  out, borrowed: until the chain changes or is freed.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership the texts and the number behind `enterprise` stay the chain's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_get_enterprise(const chainqual_chain* chain, uint32_t id,
                                                              chainqual_enterprise* enterprise, chainqual_error* error);
enum { CHAINQUAL_LIST_SEGMENTS = 0, CHAINQUAL_LIST_PRODUCTS = 1, CHAINQUAL_LIST_PRODUCTS_EN = 2 };
/* One entry of an enterprise's list.
 *
 * @param chain  whose.
 * @param id  of the enterprise.
 * @param list  CHAINQUAL_LIST_...
 * @param index  from 0.
 * @param item  out, borrowed: until the chain changes or is freed.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership `item` stays the chain's.
 * @threads   reads only.
 * @since     0.1 */
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

/* Reads a chain folder, or one .json file. All findings of all files go to the control's collector, warnings of a
 * success too.
 *
 * @param path  the folder or file.
 * @param options  NULL: the defaults.
 * @param chain  out.
 * @errors    CHAINQUAL_NOT_FOUND, CHAINQUAL_IO_FAILURE, CHAINQUAL_CANCELLED, and the code of the first error found.
 * @ownership the caller frees `chain` with chainqual_chain_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_read_chain(const char* path, const chainqual_read_options* options,
                                                    const chainqual_control* control, chainqual_chain** chain,
                                                    chainqual_error* error);
/* The same from JSON in memory.
 *
 * @param text, length  [length] bytes.
 * @param file  names them in findings; NULL: chain.json.
 * @param options  NULL: the defaults.
 * @param chain  out.
 * @errors    CHAINQUAL_BAD_SYNTAX, CHAINQUAL_VERSION_MISMATCH, else those of chainqual_read_chain.
 * @ownership the caller frees `chain` with chainqual_chain_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_from_json(const char* text, uint64_t length, const char* file,
                                                         const chainqual_read_options* options,
                                                         const chainqual_control* control, chainqual_chain** chain,
                                                         chainqual_error* error);
/* The chain with its registers as one JSON object, which reads back to the same content.
 *
 * @param chain  which.
 * @param buffer, capacity, size  out: text; the size counts the NUL.
 * @errors    CHAINQUAL_INVALID_VALUE: a text is no UTF-8.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_chain_to_json(const chainqual_chain* chain, char* buffer, uint64_t capacity,
                                                       uint64_t* size, chainqual_error* error);
/* Writes a chain as a folder, or as one file that ends in .json or .xlsx.
 *
 * @param chain  which.
 * @param path  the folder or file.
 * @param language  of the headings: CHAINQUAL_ZH or CHAINQUAL_EN.
 * @errors    CHAINQUAL_IO_FAILURE, CHAINQUAL_INVALID_VALUE, CHAINQUAL_LIMIT_EXCEEDED.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_write_chain(const chainqual_chain* chain, const char* path, int32_t language,
                                                     chainqual_error* error);
/* 1 where two chains say the same, row for row.
 *
 * @param a, b  0 also where one is NULL.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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
/* Everything that a chain's own rules say against it. A chain with errors is a success of the call.
 *
 * @param chain  which.
 * @param options  NULL: the defaults.
 * @param findings  receives them.
 * @errors    CHAINQUAL_CANCELLED.
 * @ownership nothing changes hands.
 * @threads   reads `chain`, changes `findings`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_validate(const chainqual_chain* chain,
                                                  const chainqual_validate_options* options,
                                                  const chainqual_control* control, chainqual_findings* findings,
                                                  chainqual_error* error);

/* ---- Structure ---- */

/* Strongly connected components in supply order.
 *
 * @param network  whose.
 * @param component, capacity, size  out, by enterprise: the number of its component.
 * @param count  out: how many there are; may be NULL.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_strong_components(const chainqual_network* network, uint32_t* component,
                                                           uint64_t capacity, uint64_t* size, uint64_t* count,
                                                           chainqual_error* error);
/* Enterprises in supply order, suppliers before customers.
 *
 * @param network  whose.
 * @param order, capacity, size  out: ids.
 * @errors    CHAINQUAL_NO_SOLUTION: there is a cycle.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_topological_order(const chainqual_network* network, uint32_t* order,
                                                           uint64_t capacity, uint64_t* size, chainqual_error* error);
/* Where supply begins.
 *
 * @param network  whose.
 * @param sources, capacity, size  out: ids, ascending.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_supply_sources(const chainqual_network* network, uint32_t* sources,
                                                        uint64_t capacity, uint64_t* size, chainqual_error* error);
/* Where the chain ends.
 *
 * @param network  whose.
 * @param finals, capacity, size  out: ids, ascending.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_final_enterprises(const chainqual_network* network, uint32_t* finals,
                                                           uint64_t capacity, uint64_t* size, chainqual_error* error);
/* Immediate dominator of each enterprise: the last that all supply to it passes.
 *
 * @param network  whose.
 * @param sources  ids; none given: the supply sources.
 * @param immediate, capacity, size  out, by enterprise; CHAINQUAL_NONE for sources and those that nothing reaches.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_dominators(const chainqual_network* network, chainqual_u32_column sources,
                                                    uint32_t* immediate, uint64_t capacity, uint64_t* size,
                                                    chainqual_error* error);

typedef struct chainqual_single_point {
  uint32_t enterprise;
  uint32_t cut;       /* enterprises that no source reaches without it */
  uint32_t final_cut; /* those of them that are final */
} chainqual_single_point;
/* Enterprises whose loss cuts final ones off from every source, worst first.
 *
 * @param network  whose.
 * @param sources, finals  ids; none given: the supply sources, the final enterprises.
 * @param points, capacity, size  out.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_single_points_of_failure(const chainqual_network* network,
                                                                  chainqual_u32_column sources,
                                                                  chainqual_u32_column finals,
                                                                  chainqual_single_point* points, uint64_t capacity,
                                                                  uint64_t* size, chainqual_error* error);

/* Enterprises whose removal splits the undirected chain.
 *
 * @param network  whose.
 * @param points, capacity, size  out: ids, ascending.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_articulation_points(const chainqual_network* network, uint32_t* points,
                                                             uint64_t capacity, uint64_t* size, chainqual_error* error);
typedef struct chainqual_relation {
  uint32_t first; /* < second */
  uint32_t second;
} chainqual_relation;
/* Relations whose removal does.
 *
 * @param network  whose.
 * @param bridges, capacity, size  out, ascending.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_bridges(const chainqual_network* network, chainqual_relation* bridges,
                                                 uint64_t capacity, uint64_t* size, chainqual_error* error);

/* How many shortest supply paths pass each enterprise, exactly. With a NULL buffer only the size is found.
 *
 * @param network  whose.
 * @param values, capacity, size  out, by enterprise.
 * @errors    CHAINQUAL_OVERFLOW, CHAINQUAL_CANCELLED.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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
/* The same estimated from random shortest paths.
 *
 * @param network  whose.
 * @param sampling  what is asked for, and receives what was reached; NULL: the defaults.
 * @param values, capacity, size  out, by enterprise.
 * @errors    CHAINQUAL_INVALID_VALUE, else those of chainqual_betweenness.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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
/* Inputs that a customer has from one supplier only, by customer, then supplier.
 *
 * @param network  whose.
 * @param sources, capacity, size  out.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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
/* How a customer's purchases from each sector are spread over its suppliers there.
 *
 * @param network  whose.
 * @param inputs, capacity, size  out, by customer, then sector.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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
/* How far the chain, and each of its segments, sits in few regions: a row for each region of each.
 *
 * @param chain  whose.
 * @param shares, capacity, size  out, the whole chain first.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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

/* Losses when shocks spread along supply links, by the linear model.
 *
 * @param network  n enterprises.
 * @param shock, shock_count  [n] shares of working lost, in [0, 1].
 * @param options  NULL: the defaults.
 * @param result  its buffers, see chainqual_propagation; receives the rest.
 * @errors    CHAINQUAL_SHAPE_MISMATCH, CHAINQUAL_INVALID_VALUE, CHAINQUAL_INVALID_ARGUMENT (an option),
 *            CHAINQUAL_NO_SOLUTION (uncapped), CHAINQUAL_CANCELLED.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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
  const double* scenarios_upstream; /* likewise, shares lost as customers, where `scenarios` are those as suppliers */
} chainqual_systemic_risk_options;
#define CHAINQUAL_SYSTEMIC_RISK_OPTIONS_INIT \
  { sizeof(chainqual_systemic_risk_options), 0, NULL, {NULL, 0}, NULL, 0, NULL }

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
  uint64_t truncated_downstream; /* scenarios whose downstream losses the tolerance ended */
  uint32_t closed_inputs;        /* enterprises in groups that have all of an input they need from the group */
  uint32_t reserved_after;
} chainqual_systemic_risk_result;
#define CHAINQUAL_SYSTEMIC_RISK_RESULT_INIT \
  { sizeof(chainqual_systemic_risk_result), 0, 0, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0 }

/* How much of the chain stops when an enterprise closes, for every one in turn, for those asked for, or for scenarios.
 *
 * @param network  n enterprises.
 * @param options  NULL: every enterprise in turn, by the cascade's defaults.
 * @param result  its buffers; receives the rest.
 * @errors    CHAINQUAL_OUT_OF_RANGE, CHAINQUAL_SHAPE_MISMATCH, CHAINQUAL_INVALID_VALUE, CHAINQUAL_INVALID_ARGUMENT (an
 *            option), CHAINQUAL_CANCELLED.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_systemic_risk(const chainqual_network* network,
                                                       const chainqual_systemic_risk_options* options,
                                                       const chainqual_control* control,
                                                       chainqual_systemic_risk_result* result, chainqual_error* error);

/* ---- The other models ---- */

/* One result struct and one rule for all of them: see chainqual_propagation. Options NULL: the defaults. Beside the
 * statuses of chainqual_linear: CHAINQUAL_OUT_OF_RANGE for disruptions of enterprises beyond the network. */

/* Losses by the generalised Leontief cascade.
 *
 * @param network  n enterprises.
 * @param shock, shock_count  [n] shares of capacity lost, in [0, 1].
 * @param options  NULL: the defaults.
 * @param result  its buffers, see chainqual_propagation; receives the rest.
 * @errors    CHAINQUAL_SHAPE_MISMATCH, CHAINQUAL_INVALID_VALUE, CHAINQUAL_INVALID_ARGUMENT (an option),
 *            CHAINQUAL_CANCELLED.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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
/* Chances of being hit, by independent cascades.
 *
 * @param network  n enterprises.
 * @param start, start_count  [n] each enterprise's chance to be hit at the outset, in [0, 1].
 * @param options  NULL: the defaults.
 * @param result  its buffers, see chainqual_propagation; receives the rest.
 * @errors    CHAINQUAL_SHAPE_MISMATCH, CHAINQUAL_INVALID_VALUE, CHAINQUAL_INVALID_ARGUMENT (an option),
 *            CHAINQUAL_CANCELLED.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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
/* Losses by DebtRank.
 *
 * @param network  n enterprises.
 * @param shock, shock_count  [n] distress at the outset, in [0, 1].
 * @param options  NULL: the defaults.
 * @param result  its buffers, see chainqual_propagation; receives the rest.
 * @errors    CHAINQUAL_SHAPE_MISMATCH, CHAINQUAL_INVALID_VALUE, CHAINQUAL_INVALID_ARGUMENT (an option),
 *            CHAINQUAL_CANCELLED.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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
/* Mean losses over days, by enterprises that hold stocks and order.
 *
 * @param network  n enterprises.
 * @param disruptions, disruption_count  [disruption_count], any number.
 * @param options  NULL: the defaults.
 * @param result  its buffers, see chainqual_propagation; receives the rest.
 * @errors    CHAINQUAL_OUT_OF_RANGE (an enterprise), CHAINQUAL_SHAPE_MISMATCH, CHAINQUAL_INVALID_VALUE,
 *            CHAINQUAL_INVALID_ARGUMENT (an option), CHAINQUAL_CANCELLED.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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
/* Mean losses over days, by the dynamic inoperability input-output model.
 *
 * @param network  n enterprises.
 * @param disruptions, disruption_count  [disruption_count], any number.
 * @param options  NULL: the defaults.
 * @param result  its buffers, see chainqual_propagation; receives the rest.
 * @errors    CHAINQUAL_OUT_OF_RANGE (an enterprise), CHAINQUAL_SHAPE_MISMATCH, CHAINQUAL_INVALID_VALUE,
 *            CHAINQUAL_INVALID_ARGUMENT (an option), CHAINQUAL_NO_SOLUTION, CHAINQUAL_CANCELLED.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_inoperability(const chainqual_network* network,
                                                       const chainqual_disruption* disruptions,
                                                       uint64_t disruption_count,
                                                       const chainqual_inoperability_options* options,
                                                       const chainqual_control* control, chainqual_propagation* result,
                                                       chainqual_error* error);

/* What each enterprise's standstill would cost, by the uncapped linear model: one adjoint solve for all.
 *
 * @param network  n enterprises.
 * @param weight  [n] in totals; not given: the default weights.
 * @param along  CHAINQUAL_ALONG_...
 * @param options  NULL: the defaults; of `directions` and `uncapped` nothing is read.
 * @param importance, capacity, size  out, by enterprise.
 * @errors    CHAINQUAL_NO_SOLUTION, CHAINQUAL_NOT_CONVERGED, CHAINQUAL_SHAPE_MISMATCH, CHAINQUAL_INVALID_VALUE,
 *            CHAINQUAL_CANCELLED.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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

/* Scenarios from JSON in memory; see <chainqual/io/scenario_json.hpp>.
 *
 * @param text, length  [length] bytes.
 * @param file  names them in findings; NULL: scenario.json.
 * @param scenarios  out.
 * @errors    CHAINQUAL_BAD_SYNTAX, CHAINQUAL_UNKNOWN_COLUMN, CHAINQUAL_MISSING_VALUE, CHAINQUAL_DUPLICATE,
 *            CHAINQUAL_INVALID_VALUE with all findings; CHAINQUAL_CANCELLED.
 * @ownership the caller frees `scenarios` with chainqual_scenarios_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_scenarios_from_json(const char* text, uint64_t length, const char* file,
                                                             const chainqual_control* control,
                                                             chainqual_scenarios** scenarios, chainqual_error* error);
/* The same from a file.
 *
 * @param path  the file.
 * @param scenarios  out.
 * @errors    CHAINQUAL_NOT_FOUND, CHAINQUAL_IO_FAILURE, else those of chainqual_scenarios_from_json.
 * @ownership the caller frees `scenarios` with chainqual_scenarios_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_read_scenarios(const char* path, const chainqual_control* control,
                                                        chainqual_scenarios** scenarios, chainqual_error* error);
/* Frees a list of scenarios.
 *
 * @param scenarios  may be NULL.
 * @ownership ends it, and all that was borrowed from it.
 * @threads   one thread, the last to use it.
 * @since     0.1 */
CHAINQUAL_API void chainqual_scenarios_free(chainqual_scenarios* scenarios);
/* How many scenarios there are.
 *
 * @param scenarios  NULL: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint64_t chainqual_scenarios_size(const chainqual_scenarios* scenarios);
/* A scenario's name.
 *
 * @param scenarios  where.
 * @param index  from 0.
 * @param language  CHAINQUAL_ZH or CHAINQUAL_EN.
 * @param name  out, borrowed; "" where it has none.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership `name` stays the scenarios's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_scenarios_name(const chainqual_scenarios* scenarios, uint64_t index,
                                                        int32_t language, const char** name, chainqual_error* error);

/* The scenario of shocks that begin on day 0 and never heal.
 *
 * @param shock, shock_count  [shock_count] by enterprise, in [0, 1]; models check them when they run.
 * @param placed  out.
 * @errors    CHAINQUAL_LIMIT_EXCEEDED.
 * @ownership the caller frees `placed` with chainqual_placed_scenario_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_lasting(const double* shock, uint64_t shock_count,
                                                 chainqual_placed_scenario** placed, chainqual_error* error);
/* The scenario of disruptions.
 *
 * @param enterprises  of the network that it is for.
 * @param disruptions, disruption_count  [disruption_count], any number.
 * @param placed  out.
 * @errors    CHAINQUAL_OUT_OF_RANGE, CHAINQUAL_INVALID_VALUE, CHAINQUAL_LIMIT_EXCEEDED.
 * @ownership the caller frees `placed` with chainqual_placed_scenario_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_placed_scenario_create(uint64_t enterprises,
                                                                const chainqual_disruption* disruptions,
                                                                uint64_t disruption_count,
                                                                chainqual_placed_scenario** placed,
                                                                chainqual_error* error);
/* Where a scenario falls on a chain.
 *
 * @param chain  which.
 * @param scenarios  where it stands.
 * @param index  of the scenario, from 0.
 * @param options  how problems are graded and located; NULL: the defaults.
 * @param placed  out.
 * @errors    CHAINQUAL_OUT_OF_RANGE (index); CHAINQUAL_UNKNOWN_REFERENCE, CHAINQUAL_MISSING_VALUE,
 *            CHAINQUAL_INVALID_VALUE with all findings; CHAINQUAL_CANCELLED.
 * @ownership the caller frees `placed` with chainqual_placed_scenario_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_place(const chainqual_chain* chain, const chainqual_scenarios* scenarios,
                                               uint64_t index, const struct chainqual_assess_options* options,
                                               const chainqual_control* control, chainqual_placed_scenario** placed,
                                               chainqual_error* error);
/* Frees a placed scenario.
 *
 * @param placed  may be NULL.
 * @ownership ends it, and all that was borrowed from it.
 * @threads   one thread, the last to use it.
 * @since     0.1 */
CHAINQUAL_API void chainqual_placed_scenario_free(chainqual_placed_scenario* placed);
/* All shocks of a scenario at full magnitude.
 *
 * @param placed  whose.
 * @param shock, capacity, size  out, by enterprise.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_placed_scenario_shock(const chainqual_placed_scenario* placed, double* shock,
                                                               uint64_t capacity, uint64_t* size,
                                                               chainqual_error* error);

typedef struct chainqual_model_run chainqual_model_run;

/* Runs a scenario through the model that the options name; the model's own function gives the same bits.
 *
 * @param network  n enterprises.
 * @param scenario  placed among as many.
 * @param options  NULL: the linear model.
 * @param run  out.
 * @errors    those of the model.
 * @ownership the caller frees `run` with chainqual_model_run_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_propagate(const chainqual_network* network,
                                                   const chainqual_placed_scenario* scenario,
                                                   const chainqual_model_options* options,
                                                   const chainqual_control* control, chainqual_model_run** run,
                                                   chainqual_error* error);
/* Frees a model run.
 *
 * @param run  may be NULL.
 * @ownership ends it, and all that was borrowed from it.
 * @threads   one thread, the last to use it.
 * @since     0.1 */
CHAINQUAL_API void chainqual_model_run_free(chainqual_model_run* run);
/* The losses of a run.
 *
 * @param run  whose.
 * @param losses  its buffers, see chainqual_propagation; receives the rest.
 * @errors    CHAINQUAL_SHAPE_MISMATCH; CHAINQUAL_INVALID_ARGUMENT (a direction that was not computed).
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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
/* A column of doubles.
 *
 * @param run  whose.
 * @param column  CHAINQUAL_COLUMN_... below 100.
 * @param values, capacity, size  out.
 * @errors    CHAINQUAL_NOT_FOUND: the run's model has no such column.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_model_run_f64(const chainqual_model_run* run, int32_t column, double* values,
                                                       uint64_t capacity, uint64_t* size, chainqual_error* error);
/* A column of 32-bit numbers.
 *
 * @param run  whose.
 * @param column  CHAINQUAL_COLUMN_... from 100 to 199.
 * @param values, capacity, size  out.
 * @errors    CHAINQUAL_NOT_FOUND: the run's model has no such column.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_model_run_u32(const chainqual_model_run* run, int32_t column, uint32_t* values,
                                                       uint64_t capacity, uint64_t* size, chainqual_error* error);
/* A column of 64-bit numbers.
 *
 * @param run  whose.
 * @param column  CHAINQUAL_COLUMN_... from 200.
 * @param values, capacity, size  out.
 * @errors    CHAINQUAL_NOT_FOUND: the run's model has no such column.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_model_run_u64(const chainqual_model_run* run, int32_t column, uint64_t* values,
                                                       uint64_t capacity, uint64_t* size, chainqual_error* error);
/* How many things a reader must know of this run.
 *
 * @param run  NULL: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint64_t chainqual_model_run_notes(const chainqual_model_run* run);
/* One of them.
 *
 * @param run  whose.
 * @param index  from 0.
 * @param language  CHAINQUAL_ZH or CHAINQUAL_EN.
 * @param note  out, borrowed.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership `note` stays the model run's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_model_run_note(const chainqual_model_run* run, uint64_t index,
                                                        int32_t language, const char** note, chainqual_error* error);

/* ---- Ensembles: what is not known exactly ---- */

enum { CHAINQUAL_SPREADING_UNIFORM = 0, CHAINQUAL_SPREADING_TRIANGULAR = 1, CHAINQUAL_SPREADING_LOG_UNIFORM = 2 };

/* A parameter that is not known exactly. */
typedef struct chainqual_uncertain_parameter {
  const char* name; /* for messages; may be NULL */
  int32_t spreading;
  uint32_t reserved;
  double low;
  double high;
  double mode; /* of the triangle */
} chainqual_uncertain_parameter;

/* Values of several parameters in several samples: each falls once into each of `samples` strata of equal probability
 * (a Latin hypercube). A parameter keeps its values when others are added behind it.
 *
 * @param parameters, count  [count] ranges with low <= high, finite; log-uniform needs low > 0.
 * @param samples  at least 1.
 * @param seed     of the draws; 0 is a seed like any other.
 * @param values, capacity, size  out: [samples * count], one sample after another.
 * @errors    CHAINQUAL_INVALID_VALUE: a range that is none; CHAINQUAL_INVALID_ARGUMENT: no samples;
 *            CHAINQUAL_LIMIT_EXCEEDED.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_latin_hypercube(const chainqual_uncertain_parameter* parameters,
                                                         uint64_t count, uint64_t samples, uint64_t seed,
                                                         double* values, uint64_t capacity, uint64_t* size,
                                                         chainqual_error* error);

typedef struct chainqual_ensemble_options {
  uint32_t struct_size;
  int32_t no_enterprises;          /* 1: of the whole chain alone; else 8 bytes are kept a sample and enterprise */
  chainqual_real_column quantiles; /* shares in [0, 1]; not given: 0.05, 0.5, 0.95 */
} chainqual_ensemble_options;
#define CHAINQUAL_ENSEMBLE_OPTIONS_INIT      \
  {                                          \
    sizeof(chainqual_ensemble_options), 0, { \
      NULL, NULL, 0                          \
    }                                        \
  }

/* A model of the caller's choice, once for each sample. */
typedef struct chainqual_ensemble_callbacks {
  uint32_t struct_size;
  uint32_t reserved;
  /* Runs sample `sample`: called once for each, from several threads at once and in any order. `losses` has room for
   * all enterprises in all three buffers, zeros to begin with; hand it to a model's function, with a buffer set to NULL
   * where its options leave a direction out, or fill it. `control` runs on the calling thread and has the ensemble's
   * cancel token. What it returns other than CHAINQUAL_OK, with the message in `error`, ends the ensemble. */
  chainqual_status (*run)(void* user, uint64_t sample, const chainqual_control* control, chainqual_propagation* losses,
                          chainqual_error* error);
  void* user;
} chainqual_ensemble_callbacks;
#define CHAINQUAL_ENSEMBLE_CALLBACKS_INIT \
  { sizeof(chainqual_ensemble_callbacks), 0, NULL, NULL }

typedef struct chainqual_ensemble_result chainqual_ensemble_result;

/* Runs the caller's model once for each sample and sums up what came out.
 *
 * @param enterprises  of every run.
 * @param samples      at least 1.
 * @param callbacks    what runs a sample.
 * @param options      NULL: the defaults.
 * @param result       out.
 * @errors    CHAINQUAL_INVALID_ARGUMENT: no samples, a quantile outside [0, 1]; CHAINQUAL_INVALID_VALUE: a run gave a
 *            loss or index that is no share; CHAINQUAL_LIMIT_EXCEEDED; CHAINQUAL_CANCELLED; what a run returned, that
 *            of the lowest failing sample.
 * @ownership the caller frees `result` with chainqual_ensemble_result_free; `user` is borrowed for the call.
 * @threads   reads only, and calls back from the executor's threads.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_ensemble(uint32_t enterprises, uint64_t samples,
                                                  const chainqual_ensemble_callbacks* callbacks,
                                                  const chainqual_ensemble_options* options,
                                                  const chainqual_control* control, chainqual_ensemble_result** result,
                                                  chainqual_error* error);
/* Runs a model once for each scenario and sums up what came out: sample k is scenario k.
 *
 * @param network    what they fall on.
 * @param scenarios, count  [count] at least 1, none NULL; one may stand more than once.
 * @param model      NULL: the linear model.
 * @param options    NULL: the defaults.
 * @param result     out.
 * @errors    those of chainqual_propagate and chainqual_ensemble.
 * @ownership the caller frees `result` with chainqual_ensemble_result_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_ensemble_of_scenarios(
    const chainqual_network* network, const chainqual_placed_scenario* const* scenarios, uint64_t count,
    const chainqual_model_options* model, const chainqual_ensemble_options* options, const chainqual_control* control,
    chainqual_ensemble_result** result, chainqual_error* error);
/* Frees an ensemble result.
 *
 * @param result  may be NULL.
 * @ownership ends it, and all that was borrowed from it.
 * @threads   one thread, the last to use it.
 * @since     0.1 */
CHAINQUAL_API void chainqual_ensemble_result_free(chainqual_ensemble_result* result);

/* A number over the samples. */
typedef struct chainqual_spread {
  double mean;
  double deviation; /* of the sample; 0 for a single one */
  double standard_error;
  double least;
  double most;
} chainqual_spread;

typedef struct chainqual_ensemble_figures {
  uint32_t struct_size;
  uint32_t enterprises; /* 0 without losses by enterprise */
  uint64_t samples;
  uint64_t shares;        /* how many quantiles there are of each number */
  uint64_t not_converged; /* runs that met their cap on steps first */
  chainqual_spread index;
  chainqual_spread index_downstream;
  chainqual_spread index_upstream;
} chainqual_ensemble_figures;
#define CHAINQUAL_ENSEMBLE_FIGURES_INIT                                                 \
  {                                                                                     \
    sizeof(chainqual_ensemble_figures), 0, 0, 0, 0, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}, { \
      0, 0, 0, 0, 0                                                                     \
    }                                                                                   \
  }

/* The figures of an ensemble.
 *
 * @param result   whose.
 * @param figures  out.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_ensemble_result_figures(const chainqual_ensemble_result* result,
                                                                 chainqual_ensemble_figures* figures,
                                                                 chainqual_error* error);
/* Columns of an ensemble, all of doubles. Those by enterprise are of the combined loss. */
enum {
  CHAINQUAL_ENSEMBLE_INDICES = 0,              /* [samples] index of each run */
  CHAINQUAL_ENSEMBLE_SHARES = 1,               /* [shares] the quantiles' */
  CHAINQUAL_ENSEMBLE_INDEX_QUANTILES = 2,      /* [shares] */
  CHAINQUAL_ENSEMBLE_DOWNSTREAM_QUANTILES = 3, /* [shares] of the downstream index */
  CHAINQUAL_ENSEMBLE_UPSTREAM_QUANTILES = 4,   /* [shares] of the upstream index */
  CHAINQUAL_ENSEMBLE_MEAN = 5,                 /* [n], as to 7 empty without losses by enterprise */
  CHAINQUAL_ENSEMBLE_DEVIATION = 6,            /* [n] */
  CHAINQUAL_ENSEMBLE_QUANTILES = 7             /* [shares * n], one share after another */
};
/* One column of an ensemble.
 *
 * @param result  whose.
 * @param column  CHAINQUAL_ENSEMBLE_...
 * @param values, capacity, size  out.
 * @errors    CHAINQUAL_NOT_FOUND: no such column.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_ensemble_result_f64(const chainqual_ensemble_result* result, int32_t column,
                                                             double* values, uint64_t capacity, uint64_t* size,
                                                             chainqual_error* error);

/* Two ensembles whose k-th samples share their random numbers: second - first. */
typedef struct chainqual_difference {
  double mean;
  double standard_error; /* of the mean, from the paired differences */
  double share_below;    /* samples in which the second lies below the first */
} chainqual_difference;
/* The mean difference of two ensembles' indices.
 *
 * @param first, second, count  [count] each, at least 1: CHAINQUAL_ENSEMBLE_INDICES of the same samples, in order.
 * @param difference  out.
 * @errors    CHAINQUAL_INVALID_ARGUMENT: no samples.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_paired_difference(const double* first, const double* second, uint64_t count,
                                                           chainqual_difference* difference, chainqual_error* error);

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

/* Why an enterprise loses what it loses under a scenario.
 *
 * @param network  n enterprises.
 * @param scenario  placed among as many.
 * @param enterprise  whose loss.
 * @param model  NULL: the linear model.
 * @param options  NULL: the defaults.
 * @param chain  whose network it is: names the enterprises in the sentence; NULL: they are numbered.
 * @param explanation  out.
 * @errors    CHAINQUAL_OUT_OF_RANGE (enterprise), CHAINQUAL_SHAPE_MISMATCH (another chain's network), and those of the
 *            model.
 * @ownership the caller frees `explanation` with chainqual_explanation_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_why(const chainqual_network* network,
                                             const chainqual_placed_scenario* scenario, uint32_t enterprise,
                                             const chainqual_model_options* model, const chainqual_why_options* options,
                                             const chainqual_chain* chain, const chainqual_control* control,
                                             chainqual_explanation** explanation, chainqual_error* error);
/* Frees an explanation.
 *
 * @param explanation  may be NULL.
 * @ownership ends it, and all that was borrowed from it.
 * @threads   one thread, the last to use it.
 * @since     0.1 */
CHAINQUAL_API void chainqual_explanation_free(chainqual_explanation* explanation);
/* The figures of an explanation.
 *
 * @param explanation  whose.
 * @param figures  out.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_explanation_figures(const chainqual_explanation* explanation,
                                                             chainqual_why_figures* figures, chainqual_error* error);
/* The sources' parts, largest first.
 *
 * @param explanation  whose.
 * @param sources, capacity, size  out.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_explanation_sources(const chainqual_explanation* explanation,
                                                             chainqual_source_share* sources, uint64_t capacity,
                                                             uint64_t* size, chainqual_error* error);
/* How many paths there are.
 *
 * @param explanation  NULL: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint64_t chainqual_explanation_paths(const chainqual_explanation* explanation);
/* One path, most loss first: the source first, the explained enterprise last.
 *
 * @param explanation  whose.
 * @param index  from 0.
 * @param enterprises, capacity, size  out: ids.
 * @param passed  out: the product of the link weights; may be NULL.
 * @param loss  out: the loss that it carries; may be NULL.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_explanation_path(const chainqual_explanation* explanation, uint64_t index,
                                                          uint32_t* enterprises, uint64_t capacity, uint64_t* size,
                                                          double* passed, double* loss, chainqual_error* error);
/* The whole in one sentence.
 *
 * @param explanation  whose.
 * @param language  CHAINQUAL_ZH or CHAINQUAL_EN.
 * @param sentence  out, borrowed.
 * @errors    none of its own.
 * @ownership `sentence` stays the explanation's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_explanation_sentence(const chainqual_explanation* explanation,
                                                              int32_t language, const char** sentence,
                                                              chainqual_error* error);
/* How many things a reader must know of this explanation.
 *
 * @param explanation  NULL: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint64_t chainqual_explanation_notes(const chainqual_explanation* explanation);
/* One of them.
 *
 * @param explanation  whose.
 * @param index  from 0.
 * @param language  CHAINQUAL_ZH or CHAINQUAL_EN.
 * @param note  out, borrowed.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership `note` stays the explanation's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_explanation_note(const chainqual_explanation* explanation, uint64_t index,
                                                          int32_t language, const char** note, chainqual_error* error);
/* All of it as a JSON object; see <chainqual/io/why_json.hpp>.
 *
 * @param explanation  whose.
 * @param buffer, capacity, size  out: text; the size counts the NUL.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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
 * chain's content of this moment.
 *
 * @param chain  which.
 * @param options  NULL: the defaults.
 * @param report  out.
 * @errors    CHAINQUAL_UNKNOWN_REFERENCE, CHAINQUAL_INVALID_VALUE, CHAINQUAL_MISSING_VALUE, CHAINQUAL_DUPLICATE with
 *            findings; those of the model; CHAINQUAL_CANCELLED.
 * @ownership the caller frees `report` with chainqual_report_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_assess(const chainqual_chain* chain, const chainqual_assess_options* options,
                                                const chainqual_control* control, chainqual_report** report,
                                                chainqual_error* error);
/* Frees a report.
 *
 * @param report  may be NULL.
 * @ownership ends it, and all that was borrowed from it.
 * @threads   one thread, the last to use it.
 * @since     0.1 */
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
/* The whole chain under all problems at once.
 *
 * @param report  whose.
 * @param figures  out.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_report_get_figures(const chainqual_report* report,
                                                            chainqual_report_figures* figures, chainqual_error* error);
/* Losses under all problems at once.
 *
 * @param report  whose.
 * @param losses  its buffers, see chainqual_propagation; receives the rest.
 * @errors    CHAINQUAL_SHAPE_MISMATCH.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_report_losses(const chainqual_report* report, chainqual_propagation* losses,
                                                       chainqual_error* error);
/* The shock of all problems at once.
 *
 * @param report  whose.
 * @param shock, capacity, size  out, by enterprise.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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
/* How many tables a report has.
 *
 * @param report  NULL: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint64_t chainqual_report_tables(const chainqual_report* report);
/* What a table is.
 *
 * @param report  whose.
 * @param table  from 0.
 * @param info  out, borrowed.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership the texts stay the report's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_report_table(const chainqual_report* report, uint64_t table,
                                                      chainqual_table_info* info, chainqual_error* error);
/* What a column is.
 *
 * @param report  whose.
 * @param table  from 0.
 * @param column  from 0.
 * @param info  out, borrowed.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership the texts stay the report's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_report_column(const chainqual_report* report, uint64_t table, uint64_t column,
                                                       chainqual_column_info* info, chainqual_error* error);
/* The positions of names.
 *
 * @param report  whose.
 * @param table  name of the table.
 * @param column  name of the column; NULL: the table alone is sought.
 * @param table_index  out.
 * @param column_index  out; may be NULL where `column` is.
 * @errors    CHAINQUAL_NOT_FOUND.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_report_find(const chainqual_report* report, const char* table,
                                                     const char* column, uint64_t* table_index, uint64_t* column_index,
                                                     chainqual_error* error);
/* A column as numbers; NaN for texts and empty cells.
 *
 * @param report  whose.
 * @param table  from 0.
 * @param column  from 0.
 * @param values, capacity, size  out, by row.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_report_numbers(const chainqual_report* report, uint64_t table, uint64_t column,
                                                        double* values, uint64_t capacity, uint64_t* size,
                                                        chainqual_error* error);
/* A cell as text; "" for an empty one.
 *
 * @param report  whose.
 * @param table  from 0.
 * @param column  from 0.
 * @param row  from 0.
 * @param buffer, capacity, size  out: text; the size counts the NUL.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_report_text(const chainqual_report* report, uint64_t table, uint64_t column,
                                                     uint64_t row, char* buffer, uint64_t capacity, uint64_t* size,
                                                     chainqual_error* error);
/* How many things the figures rest on beyond the data.
 *
 * @param report  NULL: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint64_t chainqual_report_assumptions(const chainqual_report* report);
/* One of them.
 *
 * @param report  whose.
 * @param index  from 0.
 * @param language  CHAINQUAL_ZH or CHAINQUAL_EN.
 * @param sentence  out, borrowed.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership `sentence` stays the report's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_report_assumption(const chainqual_report* report, uint64_t index,
                                                           int32_t language, const char** sentence,
                                                           chainqual_error* error);
/* The whole report as one JSON object.
 *
 * @param report  which.
 * @param buffer, capacity, size  out: text; the size counts the NUL.
 * @errors    CHAINQUAL_INVALID_VALUE: a text is no UTF-8.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_report_json(const chainqual_report* report, char* buffer, uint64_t capacity,
                                                     uint64_t* size, chainqual_error* error);
/* Writes all files of a report into an existing folder: CSV, XLSX, JSON.
 *
 * @param report  which.
 * @param folder  where.
 * @param language  of the XLSX: CHAINQUAL_ZH or CHAINQUAL_EN.
 * @errors    CHAINQUAL_NOT_FOUND, CHAINQUAL_IO_FAILURE, CHAINQUAL_CANCELLED.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
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
  CHAINQUAL_CRITICALITY_STANDING_SYSTEMIC_RISK = 7, /* share of enterprises that lie below it, ties half, to 12 */
  CHAINQUAL_CRITICALITY_STANDING_IMPORTANCE = 8,    /* 0 where that model has no solution */
  CHAINQUAL_CRITICALITY_STANDING_BETWEENNESS = 9,
  CHAINQUAL_CRITICALITY_STANDING_CUT = 10,
  CHAINQUAL_CRITICALITY_STANDING_SOLE_SOURCE = 11,
  CHAINQUAL_CRITICALITY_STANDING_SIZE = 12,
  /* uint32_t */
  CHAINQUAL_CRITICALITY_ENTERPRISE = 100,
  CHAINQUAL_CRITICALITY_CUT = 101,
  CHAINQUAL_CRITICALITY_FINAL_CUT = 102,
  CHAINQUAL_CRITICALITY_SOLE_SOURCE = 103,
  CHAINQUAL_CRITICALITY_JOINT = 104,
  CHAINQUAL_CRITICALITY_DISAGREE = 105
};
/* Every enterprise by every measure, by systemic risk descending.
 *
 * @param network  n enterprises.
 * @param options  NULL: the defaults.
 * @param table  out.
 * @errors    those of chainqual_systemic_risk and chainqual_betweenness; CHAINQUAL_INVALID_ARGUMENT: thresholds not 0
 *            <= low < high <= 1.
 * @ownership the caller frees `table` with chainqual_criticality_table_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_criticality(const chainqual_network* network,
                                                     const chainqual_criticality_options* options,
                                                     const chainqual_control* control,
                                                     chainqual_criticality_table** table, chainqual_error* error);
/* Frees a criticality table.
 *
 * @param table  may be NULL.
 * @ownership ends it, and all that was borrowed from it.
 * @threads   one thread, the last to use it.
 * @since     0.1 */
CHAINQUAL_API void chainqual_criticality_table_free(chainqual_criticality_table* table);
/* The figures of a table.
 *
 * @param table  whose.
 * @param figures  out.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_criticality_table_figures(const chainqual_criticality_table* table,
                                                                   chainqual_criticality_figures* figures,
                                                                   chainqual_error* error);
/* A column of doubles.
 *
 * @param table  whose.
 * @param column  CHAINQUAL_CRITICALITY_... below 100.
 * @param values, capacity, size  out, by row.
 * @errors    CHAINQUAL_NOT_FOUND: no such column.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_criticality_table_f64(const chainqual_criticality_table* table, int32_t column,
                                                               double* values, uint64_t capacity, uint64_t* size,
                                                               chainqual_error* error);
/* A column of 32-bit numbers.
 *
 * @param table  whose.
 * @param column  CHAINQUAL_CRITICALITY_... from 100.
 * @param values, capacity, size  out, by row.
 * @errors    CHAINQUAL_NOT_FOUND: no such column.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_criticality_table_u32(const chainqual_criticality_table* table, int32_t column,
                                                               uint32_t* values, uint64_t capacity, uint64_t* size,
                                                               chainqual_error* error);
/* Which measures disagree about a row.
 *
 * @param table  whose.
 * @param row  from 0.
 * @param language  CHAINQUAL_ZH or CHAINQUAL_EN.
 * @param why  out, borrowed; "" where they agree.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership `why` stays the criticality table's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_criticality_table_why(const chainqual_criticality_table* table, uint64_t row,
                                                               int32_t language, const char** why,
                                                               chainqual_error* error);

/* What a reader must know of the systemic risks in the table.
 *
 * @param table     whose.
 * @param language  CHAINQUAL_ZH or CHAINQUAL_EN.
 * @param note      out, borrowed; "" where there is nothing to know.
 * @errors    none of its own.
 * @ownership `note` stays the table's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_criticality_table_note(const chainqual_criticality_table* table,
                                                                int32_t language, const char** note,
                                                                chainqual_error* error);

/* ---- Mitigation: what to do for the money ---- */

enum { CHAINQUAL_MEASURE_ALTERNATE = 0, CHAINQUAL_MEASURE_STOCK = 1, CHAINQUAL_MEASURE_PROJECT = 2 };

/* One measure and its price. Members of other kinds are not read. Enterprises by id, credit code or name. */
typedef struct chainqual_measure {
  uint32_t struct_size;
  int32_t kind;
  const char* customer; /* alternate: who draws part of what `supplier` supplies from `alternate` in future */
  const char* supplier;
  const char* alternate;
  double share;               /* of the link that moves, in [0, 1] */
  const double* escape;       /* of what moves; NULL: the alternate's own link's, else the present link's */
  const char* enterprise;     /* stock: who holds more of every input; the model dynamics alone knows stocks */
  double days;                /* of use, beside what it holds now */
  const char* project;        /* project: its number; may be absent where problems are listed */
  chainqual_strings problems; /* numbers; none: the project's own */
  const double* effect;       /* share of their shocks that vanishes, in [0, 1]; NULL: 1 */
  const double* cost;         /* 10,000 yuan; NULL: a project's budget, else the default of its kind */
  const char* name;
  const char* name_en;
  const char* note;
} chainqual_measure;
#define CHAINQUAL_MEASURE_INIT \
  { sizeof(chainqual_measure), 0, NULL, NULL, NULL, 0, NULL, NULL, 0, NULL, {NULL, 0}, NULL, NULL, NULL, NULL, NULL }

typedef struct chainqual_measures chainqual_measures; /* a list */

/* An empty list of measures.
 *
 * @param measures  out.
 * @errors    none of its own.
 * @ownership the caller frees `measures` with chainqual_measures_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_measures_create(chainqual_measures** measures, chainqual_error* error);
/* Measures from `length` bytes of JSON; see <chainqual/io/measures_json.hpp>.
 *
 * @param text, length  the document: UTF-8 or GB18030.
 * @param file      names it in findings; no file is opened; NULL: measures.json.
 * @param measures  out.
 * @errors    CHAINQUAL_BAD_SYNTAX, CHAINQUAL_UNKNOWN_COLUMN, CHAINQUAL_MISSING_VALUE, CHAINQUAL_DUPLICATE,
 *            CHAINQUAL_INVALID_VALUE with all findings; CHAINQUAL_CANCELLED.
 * @ownership the caller frees `measures` with chainqual_measures_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_measures_from_json(const char* text, uint64_t length, const char* file,
                                                            const chainqual_control* control,
                                                            chainqual_measures** measures, chainqual_error* error);
/* The same from a file.
 *
 * @param path      the file.
 * @param measures  out.
 * @errors    those of chainqual_measures_from_json; CHAINQUAL_NOT_FOUND, CHAINQUAL_IO_FAILURE.
 * @ownership the caller frees `measures` with chainqual_measures_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_read_measures(const char* path, const chainqual_control* control,
                                                       chainqual_measures** measures, chainqual_error* error);

typedef struct chainqual_suggest_options {
  uint32_t struct_size;
  int32_t no_projects;      /* 1: none of the chain's projects */
  int32_t no_alternates;    /* 1: none for inputs with one source */
  int32_t any_product;      /* 1: alternates need not list the product of the link; its segment is enough */
  uint64_t most_alternates; /* for one input; 0: 3 */
  double share;             /* that an alternate takes over, in (0, 1]; 0: 0.5 */
  double stock_days;        /* for customers with an input of one source; 0: no stocks */
  const double* effect;     /* of projects, in [0, 1]; NULL: 1 */
} chainqual_suggest_options;
#define CHAINQUAL_SUGGEST_OPTIONS_INIT \
  { sizeof(chainqual_suggest_options), 0, 0, 0, 0, 0, 0, NULL }

/* Measures that the chain itself suggests, none of them priced but projects whose budget is known.
 *
 * @param chain     its problems, projects and links are read.
 * @param options   NULL: the defaults.
 * @param measures  out.
 * @errors    CHAINQUAL_INVALID_ARGUMENT: an option outside its domain; those of chainqual_network_of.
 * @ownership the caller frees `measures` with chainqual_measures_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_suggest_measures(const chainqual_chain* chain,
                                                          const chainqual_suggest_options* options,
                                                          const chainqual_control* control,
                                                          chainqual_measures** measures, chainqual_error* error);
/* Frees a measures.
 *
 * @param measures  may be NULL.
 * @ownership ends it, and all that was borrowed from it.
 * @threads   one thread, the last to use it.
 * @since     0.1 */
CHAINQUAL_API void chainqual_measures_free(chainqual_measures* measures);
/* Adds a measure at the end of a list. What it names is looked up when it is used.
 *
 * @param measures  the list.
 * @param measure   is copied.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   changes `measures`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_measures_add(chainqual_measures* measures, const chainqual_measure* measure,
                                                      chainqual_error* error);
/* How many measures a list has.
 *
 * @param measures  NULL: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint64_t chainqual_measures_size(const chainqual_measures* measures);
/* One measure of a list; of its problems the count only.
 *
 * @param measures  the list.
 * @param index     from 0.
 * @param measure   out, borrowed: until the list changes or is freed.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership the texts and numbers behind `measure` stay the list's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_measures_get(const chainqual_measures* measures, uint64_t index,
                                                      chainqual_measure* measure, chainqual_error* error);
/* The number of one problem that a measure lists.
 *
 * @param measures  the list.
 * @param index     of the measure.
 * @param problem   of its problems, from 0.
 * @param number    out, borrowed.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership `number` stays the list's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_measures_problem(const chainqual_measures* measures, uint64_t index,
                                                          uint64_t problem, const char** number,
                                                          chainqual_error* error);
/* The document that reads back to equal measures.
 *
 * @param measures  the list.
 * @param buffer, capacity, size  out: text; the size counts the NUL.
 * @errors    CHAINQUAL_INVALID_VALUE: a text is no UTF-8, or a number not finite.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_measures_to_json(const chainqual_measures* measures, char* buffer,
                                                          uint64_t capacity, uint64_t* size, chainqual_error* error);

enum { CHAINQUAL_SELECTION_AUTOMATIC = 0, CHAINQUAL_SELECTION_GREEDY = 1, CHAINQUAL_SELECTION_EXACT = 2 };

/* Costs are in 10,000 yuan. */
typedef struct chainqual_mitigation_options {
  uint32_t struct_size;
  uint32_t counted; /* which loss is to be avoided: CHAINQUAL_DOWNSTREAM, CHAINQUAL_UPSTREAM; 0: both combined */
  double budget;    /* >= 0; may be infinite */
  const chainqual_model_options* model;  /* NULL: the linear model */
  chainqual_real_column scenario_weight; /* [scenarios] >= 0, chances or any weights; not given: all alike */
  const double* cost_alternate;          /* of every alternate without a cost of its own; NULL: it has none */
  const double* cost_stock_day;          /* per day, of stocks without a cost of their own */
  int32_t method;                        /* CHAINQUAL_SELECTION_... */
  uint32_t reserved;
  uint64_t exact_runs; /* automatic: compare all affordable sets where that takes so many runs or fewer; 0: 65,536 */
  double least_gain;   /* share of the loss before up to which a difference is rounding; 0: 1e-9 */
  const chainqual_assess_options* assess; /* how problems are graded and located */
} chainqual_mitigation_options;
#define CHAINQUAL_MITIGATION_OPTIONS_INIT \
  { sizeof(chainqual_mitigation_options), 0, 0, NULL, {NULL, NULL, 0}, NULL, NULL, 0, 0, 0, 0, NULL }

typedef struct chainqual_mitigation chainqual_mitigation;

/* Chooses measures that avoid most loss under a budget.
 *
 * @param chain      what they work on.
 * @param measures   at least one, no two alike.
 * @param scenarios  what the loss is counted under; NULL, or none: the registered problems one by one.
 * @param options    NULL: the defaults, with a budget of 0.
 * @param mitigation  out.
 * @errors    CHAINQUAL_MISSING_VALUE: no measure, or nothing that shocks anything; CHAINQUAL_UNKNOWN_REFERENCE,
 *            CHAINQUAL_INVALID_VALUE with all findings; CHAINQUAL_INVALID_ARGUMENT, CHAINQUAL_DUPLICATE (two measures
 *            do the same), CHAINQUAL_SHAPE_MISMATCH (weights), CHAINQUAL_LIMIT_EXCEEDED (exact, over 2^22 sets); those
 *            of chainqual_place and chainqual_propagate; CHAINQUAL_CANCELLED.
 * @ownership the caller frees `mitigation` with chainqual_mitigation_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_mitigate(const chainqual_chain* chain, const chainqual_measures* measures,
                                                  const chainqual_scenarios* scenarios,
                                                  const chainqual_mitigation_options* options,
                                                  const chainqual_control* control, chainqual_mitigation** mitigation,
                                                  chainqual_error* error);
/* Frees a mitigation.
 *
 * @param mitigation  may be NULL.
 * @ownership ends it, and all that was borrowed from it.
 * @threads   one thread, the last to use it.
 * @since     0.1 */
CHAINQUAL_API void chainqual_mitigation_free(chainqual_mitigation* mitigation);

enum { CHAINQUAL_RETURNS_UNKNOWN = 0, CHAINQUAL_RETURNS_CONSTANT = 1, CHAINQUAL_RETURNS_DIMINISHING = 2 };
enum {
  CHAINQUAL_FOUND_BY_ENUMERATION = 0,
  CHAINQUAL_FOUND_BY_KNAPSACK = 1,
  CHAINQUAL_FOUND_BY_DENSITY = 2,
  CHAINQUAL_FOUND_BY_GAIN = 3,
  CHAINQUAL_FOUND_BY_DROPPING = 4,
  CHAINQUAL_FOUND_BY_BEST_SINGLE = 5
};
/* Losses are in units of the weight in totals; NaN: not known. */
typedef struct chainqual_mitigation_figures {
  uint32_t struct_size;
  int32_t model;
  int32_t counted;    /* CHAINQUAL_LOSS_... */
  int32_t returns;    /* of the measures that could be chosen */
  int32_t found_by;   /* CHAINQUAL_FOUND_BY_... */
  int32_t optimal;    /* 1: no affordable set avoids more */
  uint64_t scenarios; /* that weigh anything */
  double weight;      /* the loss of a chain that has stopped altogether */
  double loss_before;
  double loss_after;
  double avoided; /* before - after */
  double budget;
  double spent;
  double guarantee; /* `avoided` is at least this share of the most that can be */
  double bound;     /* no affordable set avoids more than this */
  uint64_t chosen;  /* measures */
  uint64_t runs;    /* of the model */
  uint64_t sets;    /* of measures whose loss was asked for */
  int32_t frontier_exact;
  uint32_t reserved;
} chainqual_mitigation_figures;
#define CHAINQUAL_MITIGATION_FIGURES_INIT \
  { sizeof(chainqual_mitigation_figures), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
/* The figures of a choice.
 *
 * @param mitigation  whose.
 * @param figures     out.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_mitigation_get_figures(const chainqual_mitigation* mitigation,
                                                                chainqual_mitigation_figures* figures,
                                                                chainqual_error* error);

/* One chosen measure, beside those chosen before it. */
typedef struct chainqual_chosen_measure {
  uint64_t measure; /* place in the list */
  double cost;
  double avoided; /* loss avoided when added */
  double avoided_alone;
  double per_cost; /* avoided / cost; NaN where it costs nothing */
  double spent;    /* for all so far */
  double loss;     /* left with all so far */
} chainqual_chosen_measure;
/* The chosen measures: next is always what avoids most for its cost.
 *
 * @param mitigation  whose.
 * @param chosen, capacity, size  out.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_mitigation_chosen(const chainqual_mitigation* mitigation,
                                                           chainqual_chosen_measure* chosen, uint64_t capacity,
                                                           uint64_t* size, chainqual_error* error);

enum {
  CHAINQUAL_FATE_CHOSEN = 0,
  CHAINQUAL_FATE_NOT_CHOSEN = 1, /* it avoids loss, but others do better for the money */
  CHAINQUAL_FATE_USELESS = 2,
  CHAINQUAL_FATE_TOO_DEAR = 3, /* costs more than the whole budget */
  CHAINQUAL_FATE_UNPRICED = 4  /* has no cost: left out */
};
/* What became of a measure. */
typedef struct chainqual_measure_outcome {
  int32_t fate;
  uint32_t reserved;
  double cost;          /* NaN: none */
  double avoided_alone; /* negative where it adds loss */
  double per_cost;      /* NaN without a cost or for nothing */
} chainqual_measure_outcome;
/* What became of every measure of the list, in its order.
 *
 * @param mitigation  whose.
 * @param outcomes, capacity, size  out.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_mitigation_outcomes(const chainqual_mitigation* mitigation,
                                                             chainqual_measure_outcome* outcomes, uint64_t capacity,
                                                             uint64_t* size, chainqual_error* error);
/* Why a measure avoids nothing, or adds loss.
 *
 * @param mitigation  whose.
 * @param index       of the measure in the list.
 * @param language    CHAINQUAL_ZH or CHAINQUAL_EN.
 * @param why         out, borrowed; "" otherwise.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership `why` stays the choice's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_mitigation_why(const chainqual_mitigation* mitigation, uint64_t index,
                                                        int32_t language, const char** why, chainqual_error* error);

/* So much loss avoided for so much money. */
typedef struct chainqual_frontier_point {
  double spent;
  double avoided;
} chainqual_frontier_point;
/* Loss avoided against money spent, from what costs nothing on, both ascending.
 *
 * @param mitigation  whose.
 * @param points, capacity, size  out.
 * @errors    none of its own.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_mitigation_frontier(const chainqual_mitigation* mitigation,
                                                             chainqual_frontier_point* points, uint64_t capacity,
                                                             uint64_t* size, chainqual_error* error);
/* How the set was found, and what that proves, in one sentence.
 *
 * @param mitigation  whose.
 * @param language    CHAINQUAL_ZH or CHAINQUAL_EN.
 * @param note        out, borrowed.
 * @errors    none of its own.
 * @ownership `note` stays the choice's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_mitigation_note(const chainqual_mitigation* mitigation, int32_t language,
                                                         const char** note, chainqual_error* error);

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

/* Takes a struct array over, whose fields are the columns. Read are integers, floats, booleans, text (plain, large,
 * view), dictionaries of these, decimal128, dates and nulls; a column of another type hurts only where it is used.
 *
 * @param schema, array  are moved out of: their release becomes NULL, also where the call fails.
 * @param table  out.
 * @errors    CHAINQUAL_WRONG_FORMAT.
 * @ownership the table owns what `schema` and `array` held; the caller frees `table` with chainqual_table_free.
 * @threads   one owner of `schema` and `array`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_take_arrow(struct ArrowSchema* schema, struct ArrowArray* array,
                                                    chainqual_table** table, chainqual_error* error);
/* The same for all batches of a stream.
 *
 * @param stream  is moved out of: its release becomes NULL, also where the call fails.
 * @param table  out.
 * @errors    CHAINQUAL_WRONG_FORMAT; CHAINQUAL_IO_FAILURE: the stream's own error, quoted.
 * @ownership the table owns what `stream` gave; the caller frees `table` with chainqual_table_free.
 * @threads   one owner of `stream`.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_take_arrow_stream(struct ArrowArrayStream* stream, chainqual_table** table,
                                                           chainqual_error* error);
/* Frees a table.
 *
 * @param table  may be NULL.
 * @ownership ends it, and all that was borrowed from it.
 * @threads   one thread, the last to use it.
 * @since     0.1 */
CHAINQUAL_API void chainqual_table_free(chainqual_table* table);
/* How many rows a table has.
 *
 * @param table  NULL: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint64_t chainqual_table_rows(const chainqual_table* table);
/* How many columns a table has.
 *
 * @param table  NULL: 0.
 * @ownership nothing changes hands.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API uint64_t chainqual_table_columns(const chainqual_table* table);
/* A column's name.
 *
 * @param table  whose.
 * @param column  from 0.
 * @param name  out, borrowed.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership `name` stays the table's.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_table_column_name(const chainqual_table* table, uint64_t column,
                                                           const char** name, chainqual_error* error);
/* Hands a table out, without copies.
 *
 * @param table  which.
 * @param schema, array  out.
 * @errors    CHAINQUAL_INVALID_ARGUMENT: the table has several chunks, which only a stream holds.
 * @ownership the caller releases what is written by its release callbacks; it lives on when the handle is freed.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_give_arrow(const chainqual_table* table, struct ArrowSchema* schema,
                                                    struct ArrowArray* array, chainqual_error* error);
/* Hands a table out as a stream, a batch for each chunk.
 *
 * @param table  which.
 * @param stream  out.
 * @errors    none of its own.
 * @ownership the caller releases what is written by its release callback; it lives on when the handle is freed.
 * @threads   reads only.
 * @since     0.1 */
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
 * it prints as with the fewest digits.
 *
 * @param model  NULL: the standard's.
 * @param table  with a column for each of the three scores.
 * @param options  NULL: the defaults.
 * @param graded  out.
 * @errors    CHAINQUAL_MISSING_COLUMN, CHAINQUAL_DUPLICATE (a heading), CHAINQUAL_WRONG_FORMAT,
 *            CHAINQUAL_INVALID_VALUE, CHAINQUAL_MISSING_VALUE, CHAINQUAL_OVERFLOW with all findings;
 *            CHAINQUAL_CANCELLED.
 * @ownership the caller frees `graded` with chainqual_table_free.
 * @threads   reads only.
 * @since     0.1 */
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

/* Grades panels, a row for each expert and problem: columns problem, impact, diffusion, urgency, experts, total,
 * grade, stars, a row for each problem.
 *
 * @param model  NULL: the standard's.
 * @param table  with columns of problems and scores.
 * @param options  NULL: the defaults.
 * @param graded  out.
 * @errors    those of chainqual_grade_table; CHAINQUAL_DUPLICATE: an expert twice for one problem.
 * @ownership the caller frees `graded` with chainqual_table_free.
 * @threads   reads only.
 * @since     0.1 */
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
 * appearance. The network carries the keys.
 *
 * @param links  which.
 * @param enterprises  NULL: those that the links name.
 * @param options  NULL: the defaults.
 * @param network  out.
 * @errors    CHAINQUAL_MISSING_COLUMN, CHAINQUAL_DUPLICATE, CHAINQUAL_WRONG_FORMAT, CHAINQUAL_INVALID_VALUE,
 *            CHAINQUAL_MISSING_VALUE, CHAINQUAL_OUT_OF_RANGE, CHAINQUAL_UNKNOWN_REFERENCE, CHAINQUAL_BAD_ENCODING with
 *            all findings; CHAINQUAL_LIMIT_EXCEEDED, CHAINQUAL_CANCELLED.
 * @ownership the caller frees `network` with chainqual_network_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_network_from_table(const chainqual_table* links,
                                                            const chainqual_table* enterprises,
                                                            const chainqual_network_table_options* options,
                                                            const chainqual_control* control,
                                                            chainqual_network** network, chainqual_error* error);
/* The links of a network: supplier, customer (keys, or ids where there are none), value, dependency, escape.
 *
 * @param network  which.
 * @param table  out.
 * @errors    none of its own.
 * @ownership the caller frees `table` with chainqual_table_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_network_table(const chainqual_network* network, chainqual_table** table,
                                                       chainqual_error* error);
/* Losses of a run by enterprise: enterprise, downstream, upstream, combined.
 *
 * @param run  whose.
 * @param network  gives the keys; NULL: ids.
 * @param table  out.
 * @errors    CHAINQUAL_SHAPE_MISMATCH: another network's keys.
 * @ownership the caller frees `table` with chainqual_table_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_model_run_table(const chainqual_model_run* run,
                                                         const chainqual_network* network, chainqual_table** table,
                                                         chainqual_error* error);
/* A table of a report with typed columns.
 *
 * @param report  whose.
 * @param table  from 0, as in chainqual_report_table.
 * @param out  out.
 * @errors    CHAINQUAL_OUT_OF_RANGE.
 * @ownership the caller frees `out` with chainqual_table_free.
 * @threads   reads only.
 * @since     0.1 */
CHAINQUAL_API chainqual_status chainqual_report_arrow(const chainqual_report* report, uint64_t table,
                                                      chainqual_table** out, chainqual_error* error);

/* ---- End ---- */

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CHAINQUAL_H */
