/**
 * The language of time bounds: what operators may write for a moment, and which instants they mean
 * by it.
 */
@NullMarked
package com.astrobookings.logs.store.time;

import org.jspecify.annotations.NullMarked;
