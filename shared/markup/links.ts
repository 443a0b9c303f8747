/** What a link may lead to; everything else stays text. */
const linkSchemes = /^(?:https?:\/\/|mailto:|#)/i;

/** Raster images inside the text itself: each type with the first characters of its data in base64. */
const rasterImages =
  /^data:image\/(?:png;base64,iVBORw0KGgo|jpeg;base64,\/9j\/|gif;base64,R0lGOD|webp;base64,UklGR)[A-Za-z0-9+/]*=*$/;

/** True for http, https, mailto and `#fragment`. */
export function isLinkAllowed(url: string): boolean {
  return linkSchemes.test(url);
}

/** True for PNG, JPEG, GIF and WebP given as data. */
export function isImageAllowed(url: string): boolean {
  return rasterImages.test(url);
}
