"""Kernels that numba compiles (the extra `fast`); each file is whole in itself.

numba keeps what it compiled beside the file and compiles anew when that file changes, so a kernel
calls nothing compiled outside its own file.
"""
