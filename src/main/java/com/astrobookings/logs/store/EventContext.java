package com.astrobookings.logs.store;

/**
 * The events around a position in the total order. Either side may have fewer than asked for even
 * when more follow; its {@link EventPage#more} tells.
 *
 * @param before the earlier events, the nearest first
 * @param after the later events, the nearest first
 */
public record EventContext(EventPage before, EventPage after) {}
