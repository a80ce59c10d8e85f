/** Compares the README and the pages of {@code src/docs} with the code. */
@NullMarked
package com.astrobookings.logs.documentation;

import org.jspecify.annotations.NullMarked;
