/** Live tails as server-sent events: bounded, with heartbeats, ended in good order. */
@NullMarked
package com.astrobookings.logs.query.tail;

import org.jspecify.annotations.NullMarked;
