/** Makes the container images without a container engine: archives, or pushed to a registry. */
package dev.weir.images;
