/**
 * Bodies of requests, read whole but never beyond their bounds: one body has a limit of bytes and
 * of time, and all together have one of memory.
 */
@NullMarked
package com.astrobookings.logs.web.body;

import org.jspecify.annotations.NullMarked;
