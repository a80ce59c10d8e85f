/**
 * The live tail: events in the order in which the store made them searchable, from a position on.
 */
@NullMarked
package com.astrobookings.logs.store.tail;

import org.jspecify.annotations.NullMarked;
