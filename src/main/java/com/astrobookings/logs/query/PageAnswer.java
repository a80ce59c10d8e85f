package com.astrobookings.logs.query;

import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import reactor.core.publisher.Flux;

/**
 * A page that was read.
 *
 * @param query what was asked
 * @param page what was found
 * @param personal whether personal data is shown
 * @param next the cursor of the following page; null if nothing follows
 */
record PageAnswer(EventQuery query, EventPage page, boolean personal, @Nullable String next) {

  /** The answer as JSON, in parts. */
  Flux<DataBuffer> json(DataBufferFactory buffers) {
    return PageJson.write(this, buffers);
  }
}
