/**
 * The training run for the ahead-of-time cache of the JVM: a start under a short real load, of
 * which the JVM records classes and profiles. It knows the service by HTTP only.
 */
@NullMarked
package com.astrobookings.logs.training;

import org.jspecify.annotations.NullMarked;
