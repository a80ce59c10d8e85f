/** How parameters are read, in a query string or in a body: every fault is told at once. */
@NullMarked
package com.astrobookings.logs.web.parameter;

import org.jspecify.annotations.NullMarked;
