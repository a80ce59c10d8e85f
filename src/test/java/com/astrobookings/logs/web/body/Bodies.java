package com.astrobookings.logs.web.body;

/** Bodies for tests, as if they had been read. */
public final class Bodies {

  private Bodies() {}

  /** A body of these bytes. */
  public static Body of(byte[] bytes) {
    Body body = new Body(bytes.length, 0, new MemoryBudget(Integer.MAX_VALUE).share());
    for (byte next : bytes) {
      body.makeRoom();
      body.bytes()[body.length()] = next;
      body.advance(1);
    }
    return body;
  }
}
