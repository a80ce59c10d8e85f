package com.astrobookings.logs.store;

/** When a write is answered. Either way it has been made durable by then. */
public enum Visibility {
  /** As soon as it is durable; searches see it about a second later. */
  SOON,
  /** When searches see it. */
  AWAITED
}
