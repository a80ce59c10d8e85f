/** Reads the parameters of requests that state them in a body. */
@NullMarked
package com.astrobookings.logs.query.body;

import org.jspecify.annotations.NullMarked;
