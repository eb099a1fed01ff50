import { configureGlobal } from "fast-check";

/** The same cases in each run, so that a change fails for what it changed; another seed looks further. */
configureGlobal({ seed: Number(process.env.MILLRACE_TEST_SEED ?? 20_261_124) });
