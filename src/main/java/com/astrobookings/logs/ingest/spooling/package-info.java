/**
 * Keeps the events of the write endpoint in the spool while Elasticsearch is unavailable, and
 * stores them when it is available again.
 */
@NullMarked
package com.astrobookings.logs.ingest.spooling;

import org.jspecify.annotations.NullMarked;
