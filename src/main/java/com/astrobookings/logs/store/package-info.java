/**
 * The interface of the event store: queries, pages, cursors and the outcomes of writes, independent
 * of the product that stores the events.
 */
@NullMarked
package com.astrobookings.logs.store;

import org.jspecify.annotations.NullMarked;
