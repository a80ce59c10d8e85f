/** Tests of what stands around the code: the script that starts the build. */
@NullMarked
package com.astrobookings.logs.build;

import org.jspecify.annotations.NullMarked;
