/** The monthly indices: their names, their shape, and how they come to have it. */
@NullMarked
package com.astrobookings.logs.elastic.index;

import org.jspecify.annotations.NullMarked;
