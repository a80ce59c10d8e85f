package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.Decoded;
import java.util.List;

/**
 * What the body of one request came to.
 *
 * @param single whether it was one event by itself, which is answered by itself
 * @param items in the order of the body; at least one
 */
record Batch(boolean single, List<Decoded> items) {}
