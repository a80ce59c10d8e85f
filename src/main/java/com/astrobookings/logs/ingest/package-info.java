/**
 * The write endpoint: decodes and validates a whole body, writes its events, and responds with one
 * status for each.
 */
@NullMarked
package com.astrobookings.logs.ingest;

import org.jspecify.annotations.NullMarked;
