/**
 * The ways out: request parameters become one immutable question, and the answer is bounded,
 * ordered and complete, or an error.
 */
@NullMarked
package com.astrobookings.logs.query;

import org.jspecify.annotations.NullMarked;
