package com.astrobookings.logs.web.body;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/** Bodies for tests, as if they had been read. */
public final class Bodies {

  private Bodies() {}

  /** A body of these bytes. */
  public static Body of(byte[] bytes) {
    Body body = new Body(bytes.length, size -> {});
    body.append(DefaultDataBufferFactory.sharedInstance.wrap(bytes), bytes.length);
    return body;
  }
}
