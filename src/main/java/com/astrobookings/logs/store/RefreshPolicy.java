package com.astrobookings.logs.store;

/** Says when a write is answered. Either way it has been made durable by then. */
public enum RefreshPolicy {
  /** As soon as it is durable; searches see it about a second later. */
  NONE,
  /** When searches see it. */
  WAIT_FOR
}
