/**
 * The way in: a body is decoded and validated whole, written, and answered with what became of each
 * event.
 */
@NullMarked
package com.astrobookings.logs.ingest;

import org.jspecify.annotations.NullMarked;
