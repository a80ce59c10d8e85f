/** Tells which errors are the same, from their stack traces and messages. */
@NullMarked
package com.astrobookings.logs.event.error;

import org.jspecify.annotations.NullMarked;
